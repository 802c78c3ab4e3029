package io.millstream.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No broker outlives the JVM that started it. */
class OrphanedBrokerIT {

  /**
   * Starts a broker, freezes or stops it where asked, prints its process id, and waits for ever.
   */
  static final class Starter {
    public static void main(String[] arguments) throws Exception {
      KafkaCluster cluster = KafkaCluster.builder(KafkaVersion.V4_4_0).start();
      if (List.of(arguments).contains("freeze")) {
        cluster.broker(1).freeze();
      }
      if (List.of(arguments).contains("stop")) {
        ProcessSignals.send("STOP", cluster.broker(1).pid());
      }
      System.out.println("broker " + cluster.broker(1).pid());
      Thread.currentThread().join();
    }
  }

  // Of its own, so that no other run clears it away.
  @TempDir private Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"run", "freeze"})
  void brokerDiesWhenItsParentIsKilledHardAlsoIfItIsFrozen(String mode) throws Exception {
    ProcessHandle broker = brokerOfAParentKilledHard(mode);
    broker.onExit().get(30, TimeUnit.SECONDS);
    assertThat(broker.isAlive()).isFalse();
  }

  @Test
  void brokerThatSomebodyStoppedIsClearedAwayWithItsDataAtTheNextStart() throws Exception {
    ProcessHandle broker = brokerOfAParentKilledHard("stop");
    Path root = temporary.resolve("millstream-brokers-" + System.getProperty("user.name"));
    assertThat(broker.isAlive()).as("it cannot notice").isTrue();
    assertThat(root).isNotEmptyDirectory();

    Leftovers.clear(root);

    assertThat(broker.isAlive()).isFalse();
    assertThat(root).isEmptyDirectory();
  }

  private ProcessHandle brokerOfAParentKilledHard(String mode) throws Exception {
    Process parent =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Djava.io.tmpdir=" + temporary,
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    Starter.class.getName(),
                    mode))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ProcessHandle broker;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      while (line != null && !line.startsWith("broker ")) {
        line = out.readLine();
      }
      assertThat(line).as("the parent's output").isNotNull();
      broker = ProcessHandle.of(Long.parseLong(line.substring("broker ".length()))).orElseThrow();
      assertThat(broker.isAlive()).isTrue();
    } finally {
      parent.destroyForcibly();
    }
    assertThat(parent.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return broker;
  }
}

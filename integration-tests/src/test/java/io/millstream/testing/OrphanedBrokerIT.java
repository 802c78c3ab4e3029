package io.millstream.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** No broker outlives the JVM that started it. */
class OrphanedBrokerIT {

  /** Starts a broker, freezes it where asked, prints the process id, and waits for ever. */
  static final class Starter {
    public static void main(String[] arguments) throws Exception {
      KafkaCluster cluster = KafkaCluster.builder(KafkaVersion.V4_4_0).start();
      System.out.println("broker " + cluster.broker(1).pid());
      Thread.currentThread().join();
    }
  }

  @Test
  void brokerDiesWhenItsParentIsKilledHard() throws Exception {
    Process parent =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    Starter.class.getName()))
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
    broker.onExit().get(30, TimeUnit.SECONDS);
    assertThat(broker.isAlive()).isFalse();
  }
}

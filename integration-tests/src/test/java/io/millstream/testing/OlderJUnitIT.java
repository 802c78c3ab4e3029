package io.millstream.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Applications bring a JUnit of their own, which may be older than the one used here. */
class OlderJUnitIT {

  private static final String OLDEST_JUPITER = "5.10.2";
  private static final String OLDEST_PLATFORM = "1.10.2";

  /** The tests of an application; run in a JVM of its own, hence no test class by its name. */
  static final class Application {

    @RegisterExtension
    static final KafkaClusterExtension SHARED = KafkaClusterExtension.shared(KafkaVersion.V4_4_0);

    @RegisterExtension
    static final KafkaClusterExtension OWN =
        KafkaClusterExtension.own(KafkaCluster.builder(KafkaVersion.V4_4_0));

    @Test
    void brokersRun() {
      for (KafkaClusterExtension kafka : List.of(SHARED, OWN)) {
        assertThat(kafka.cluster().broker(1).isRunning()).isTrue();
      }
      assertThat(SHARED.bootstrapServers()).isNotEqualTo(OWN.bootstrapServers());
    }
  }

  @TempDir private Path temporary;

  @Test
  void extensionStartsAndClosesClustersOnTheOldestJUnitThatIsSupported() throws Exception {
    Path output = temporary.resolve("output");
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                classPathOfAnApplication(),
                "org.junit.platform.console.ConsoleLauncher",
                "execute",
                "--select-class=" + Application.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(run.waitFor(3, TimeUnit.MINUTES)).isTrue();
      assertThat(Files.readString(output, StandardCharsets.UTF_8))
          .contains("1 tests successful")
          .contains("0 tests failed");
      assertThat(run.exitValue()).isZero();
    } finally {
      run.destroyForcibly();
    }
    // Closing a cluster removes its directory; that of the owner, its parent, stays.
    try (var left = Files.find(temporary, 4, (file, is) -> is.isDirectory())) {
      assertThat(left.filter(file -> file.getFileName().toString().startsWith("cluster-")))
          .isEmpty();
    }
  }

  private static String classPathOfAnApplication() {
    String here =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String own =
        Arrays.stream(here.split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("junit-"))
            .collect(Collectors.joining(File.pathSeparator));
    return own
        + File.pathSeparator
        + KafkaArtifacts.classPath(
            "org.junit.jupiter:junit-jupiter:" + OLDEST_JUPITER,
            "org.junit.platform:junit-platform-console:" + OLDEST_PLATFORM);
  }
}

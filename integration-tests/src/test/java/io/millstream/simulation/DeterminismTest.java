package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The seed alone decides what happens, in any JVM. */
class DeterminismTest {

  private static final int SEEDS = 10;

  @Test
  void seedGivesSameHistoryInAnotherJvm() throws Exception {
    Seeds.silence();
    List<String> here = new ArrayList<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      here.addAll(History.of(seed));
    }
    assertThat(here.size()).isGreaterThan(SEEDS * 1_000);
    assertThat(inAnotherJvm()).isEqualTo(here);
  }

  @Test
  void anotherSeedGivesAnotherHistory() {
    Seeds.silence();
    assertThat(History.of(1)).isNotEqualTo(History.of(2));
  }

  private static List<String> inAnotherJvm() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process child =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                // Other identity hashes than here, so that an order which hangs on them shows.
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=2",
                "-Dmillstream.seeds=" + SEEDS,
                History.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader reader = child.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = reader.lines().toList();
      assertThat(child.waitFor()).isZero();
      return lines;
    } finally {
      child.destroyForcibly();
    }
  }
}

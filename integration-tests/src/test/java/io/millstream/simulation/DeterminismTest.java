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

  private static final int SEEDS = 20;

  @Test
  void seedGivesSameHistoryInAnotherJvm() throws Exception {
    List<String> here = new ArrayList<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      here.addAll(History.of(seed));
    }
    assertThat(here.size()).isGreaterThan(SEEDS * 200);
    assertThat(inAnotherJvm()).isEqualTo(here);
  }

  @Test
  void anotherSeedGivesAnotherHistory() {
    assertThat(History.of(1)).isNotEqualTo(History.of(2));
  }

  private static List<String> inAnotherJvm() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process child =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
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

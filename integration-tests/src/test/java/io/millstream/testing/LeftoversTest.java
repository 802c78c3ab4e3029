package io.millstream.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

  @TempDir private Path root;

  private Path directoryOfThisProcess(long laterMillis) throws Exception {
    ProcessHandle self = ProcessHandle.current();
    long start = self.info().startInstant().map(Instant::toEpochMilli).orElseThrow();
    Path directory = root.resolve(self.pid() + "-" + (start + laterMillis));
    return Files.createDirectories(directory.resolve("cluster-1"));
  }

  @Test
  void whatALivingProcessOwnsStaysAlsoWhereTheClockWasSetMeanwhile() throws Exception {
    Path own = directoryOfThisProcess(0);
    Path setForward = directoryOfThisProcess(1_500);
    Path setBack = directoryOfThisProcess(-1_500);
    Path ofOneBefore = directoryOfThisProcess(-60_000);

    Leftovers.clear(root);

    assertThat(own).exists();
    assertThat(setForward).exists();
    assertThat(setBack).exists();
    assertThat(ofOneBefore).doesNotExist();
  }
}

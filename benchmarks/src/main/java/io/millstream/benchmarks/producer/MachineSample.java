package io.millstream.benchmarks.producer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How busy the machine has been so far.
 *
 * @param wallNanos a time
 * @param busyNanos processor time that all programs took, and what other guests of the host stole
 */
record MachineSample(long wallNanos, long busyNanos) {

  private static final Path STAT = Path.of("/proc/stat");
  private static final long TICK_NANOS = 10_000_000;

  /** Fields of the first line behind its name: user, nice, system, idle, waiting, interrupts. */
  private static final int IDLE = 3;

  private static final int WAITING = 4;
  private static final int STOLEN = 7;

  static MachineSample now() {
    try (var lines = Files.lines(STAT)) {
      String[] fields = lines.findFirst().orElseThrow().trim().split(" +", -1);
      long busyTicks = 0;
      for (int i = 0; i <= STOLEN; i++) {
        if (i != IDLE && i != WAITING) {
          busyTicks += Long.parseLong(fields[i + 1]);
        }
      }
      return new MachineSample(System.nanoTime(), busyTicks * TICK_NANOS);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("needs Linux", unreadable);
    }
  }

  double coresBusySince(MachineSample earlier) {
    return (busyNanos - earlier.busyNanos) / (double) (wallNanos - earlier.wallNanos);
  }
}

package io.millstream.benchmarks.producer;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process has used so far: all threads, those of the JVM included.
 *
 * @param wallNanos a time
 * @param userNanos processor time in user mode, to a hundredth of a second
 * @param systemNanos processor time in the kernel, to a hundredth of a second
 * @param allocatedBytes by the threads that live
 */
record ProcessSample(long wallNanos, long userNanos, long systemNanos, long allocatedBytes) {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final long TICK_NANOS = 10_000_000;

  /** Places in the line behind the program's name. */
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;

  static ProcessSample now() {
    String line = read(STAT);
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    return new ProcessSample(
        System.nanoTime(),
        Long.parseLong(fields[USER_TICKS]) * TICK_NANOS,
        Long.parseLong(fields[SYSTEM_TICKS]) * TICK_NANOS,
        allocated());
  }

  ProcessSample since(ProcessSample earlier) {
    return new ProcessSample(
        wallNanos - earlier.wallNanos,
        userNanos - earlier.userNanos,
        systemNanos - earlier.systemNanos,
        allocatedBytes - earlier.allocatedBytes);
  }

  long cpuNanos() {
    return userNanos + systemNanos;
  }

  private static long allocated() {
    long sum = 0;
    for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("needs Linux", unreadable);
    }
  }
}

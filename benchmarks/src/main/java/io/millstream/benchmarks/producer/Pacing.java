package io.millstream.benchmarks.producer;

import java.util.concurrent.locks.LockSupport;

/** Does something at even intervals, whether or not what came before is late. */
final class Pacing {

  static final int PER_SECOND = 2_000;

  private static final long INTERVAL_NANOS = 1_000_000_000 / PER_SECOND;

  /** What is done. */
  interface Step {
    void at(long index, long intendedNanos);
  }

  private Pacing() {}

  static void run(int seconds, Step step) {
    long begin = System.nanoTime();
    long count = (long) seconds * PER_SECOND;
    for (long i = 0; i < count; i++) {
      long intended = begin + i * INTERVAL_NANOS;
      long left = intended - System.nanoTime();
      while (left > 0) {
        LockSupport.parkNanos(left);
        left = intended - System.nanoTime();
      }
      step.at(i, intended);
    }
  }
}

package io.millstream.benchmarks.producer;

import java.util.concurrent.locks.LockSupport;

/** Does something at even intervals, whether or not what came before is late. */
final class Pacing {

  private static final long SECOND_NANOS = 1_000_000_000;

  /** What is done. */
  interface Step {
    void at(long index, long intendedNanos);
  }

  private Pacing() {}

  static void run(int seconds, int perSecond, Step step) {
    long begin = System.nanoTime();
    long count = (long) seconds * perSecond;
    for (long i = 0; i < count; i++) {
      long intended = begin + i * SECOND_NANOS / perSecond;
      long left = intended - System.nanoTime();
      while (left > 0) {
        LockSupport.parkNanos(left);
        left = intended - System.nanoTime();
      }
      step.at(i, intended);
    }
  }
}

package io.millstream.benchmarks.producer;

import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What callbacks tell. They come on one thread; whoever reads has flushed before, which makes what
 * the callbacks wrote visible.
 */
final class Acknowledgements {

  private static final long LONGEST_NANOS = 60_000_000_000L;
  private static final int DIGITS = 3;

  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Histogram latencyNanos = new Histogram(LONGEST_NANOS, DIGITS);
  private long count;

  void count(@Nullable Exception exception) {
    count++;
    if (exception != null) {
      failure.compareAndSet(null, exception);
    }
  }

  void time(long intendedNanos, @Nullable Exception exception) {
    count(exception);
    latencyNanos.recordValue(
        Math.min(LONGEST_NANOS, Math.max(0, System.nanoTime() - intendedNanos)));
  }

  /** Checks that all is well so far, and forgets it. */
  void settle(long expected) {
    Exception first = failure.get();
    if (first != null) {
      throw new IllegalStateException("a record failed", first);
    }
    if (count != expected) {
      throw new IllegalStateException(count + " of " + expected + " records acknowledged");
    }
    count = 0;
  }

  /** Starts the latencies anew; nothing may be outstanding. */
  void forgetLatencies() {
    latencyNanos.reset();
  }

  double latencyMillis(double percentile) {
    return latencyNanos.getValueAtPercentile(percentile) / 1e6;
  }
}

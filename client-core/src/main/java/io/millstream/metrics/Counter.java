package io.millstream.metrics;

import java.util.Arrays;

/** Counts something, in all and by windows. Written within changes of its {@link Windows}. */
public final class Counter {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Windows windows;
  private final long bornNanos;
  private final long[] sums;
  private long newest;
  private long total;

  /** Begins at zero. */
  public Counter(Windows windows) {
    this.windows = windows;
    this.bornNanos = windows.nowNanos();
    this.sums = new long[windows.count()];
    this.newest = windows.number();
  }

  /** Adds so much. For the writer of the windows. */
  public void add(long amount) {
    long number = windows.number();
    if (number != newest) {
      forget(number);
    }
    sums[(int) (number % sums.length)] += amount;
    total += amount;
  }

  private void forget(long number) {
    if (number - newest >= sums.length) {
      Arrays.fill(sums, 0);
    } else {
      for (long each = newest + 1; each <= number; each++) {
        sums[(int) (each % sums.length)] = 0;
      }
    }
    newest = number;
  }

  /** Returns all that was ever added. Any thread may ask. */
  public double total() {
    return windows.read(now -> total);
  }

  /** Returns how much was added in a second, over the windows that count. Any thread may ask. */
  public double rate() {
    return windows.read(this::rateAt);
  }

  /** Returns all that was ever added, as a part of a reading. */
  long count() {
    return total;
  }

  private double rateAt(long now) {
    long sum = 0;
    long oldest = Math.max(windows.numberAt(now), newest) - sums.length + 1;
    for (long each = Math.max(oldest, 0); each <= newest; each++) {
      sum += sums[(int) (each % sums.length)];
    }
    return sum * NANOS_PER_SECOND / windows.elapsedNanos(bornNanos, now);
  }
}

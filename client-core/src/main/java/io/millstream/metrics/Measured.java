package io.millstream.metrics;

/**
 * The mean and the largest of what was measured, over the windows that count. Written within
 * changes of its {@link Windows}.
 */
public final class Measured {

  private final Windows windows;
  private final double[] sums;
  private final double[] largest;
  private final long[] counts;
  private long newest;

  /** Begins without a value. */
  public Measured(Windows windows) {
    this.windows = windows;
    int count = windows.count();
    this.sums = new double[count];
    this.largest = new double[count];
    this.counts = new long[count];
    this.newest = windows.number();
  }

  /** Takes a value. For the writer of the windows. */
  public void add(double value) {
    add(value, 1, value);
  }

  /** Takes a whole number. For the writer of the windows. */
  public void add(long value) {
    add((double) value);
  }

  /**
   * Takes several values at once. For the writer of the windows.
   *
   * @param sum of all of them
   * @param count how many they are
   * @param most the largest of them
   */
  public void add(double sum, long count, double most) {
    long number = windows.number();
    if (number != newest) {
      forget(number);
    }
    int slot = (int) (number % sums.length);
    sums[slot] += sum;
    largest[slot] = counts[slot] == 0 ? most : Math.max(largest[slot], most);
    counts[slot] += count;
  }

  private void forget(long number) {
    for (long each = Math.max(newest + 1, number - sums.length + 1); each <= number; each++) {
      int slot = (int) (each % sums.length);
      sums[slot] = 0;
      largest[slot] = 0;
      counts[slot] = 0;
    }
    newest = number;
  }

  /** Returns the mean, not a number where there was no value. Any thread may ask. */
  public double mean() {
    return windows.read(this::meanAt);
  }

  /** Returns the largest value, not a number where there was none. Any thread may ask. */
  public double largest() {
    return windows.read(this::largestAt);
  }

  private double meanAt(long now) {
    double sum = 0;
    long count = 0;
    for (long each = oldestAt(now); each <= newest; each++) {
      int slot = (int) (each % sums.length);
      sum += sums[slot];
      count += counts[slot];
    }
    return sum / count;
  }

  private double largestAt(long now) {
    double most = Double.NaN;
    for (long each = oldestAt(now); each <= newest; each++) {
      int slot = (int) (each % sums.length);
      if (counts[slot] > 0) {
        most = Double.isNaN(most) ? largest[slot] : Math.max(most, largest[slot]);
      }
    }
    return most;
  }

  private long oldestAt(long now) {
    return Math.max(0, Math.max(windows.numberAt(now), newest) - sums.length + 1);
  }
}

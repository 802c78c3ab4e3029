package io.millstream.metrics;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Counts what happens seldom, on threads of callers. Any thread may use it. */
public final class SharedCounter {

  private final LongSupplier nanoTime;
  private final ReentrantLock writing = new ReentrantLock();
  private final Windows windows;
  private final Counter counter;

  /**
   * Begins at zero.
   *
   * @param settings how many windows count, and how long they are
   * @param nanoTime the clock
   */
  public SharedCounter(MetricsSettings settings, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.windows = new Windows(settings, nanoTime);
    this.counter = new Counter(windows);
  }

  /** Adds so much. */
  public void add(long amount) {
    writing.lock();
    try {
      windows.at(nanoTime.getAsLong());
      windows.begin();
      counter.add(amount);
      windows.end();
    } finally {
      writing.unlock();
    }
  }

  /** Returns all that was ever added. */
  public double total() {
    return counter.total();
  }

  /** Returns how much was added in a second, over the windows that count. */
  public double rate() {
    return counter.rate();
  }
}

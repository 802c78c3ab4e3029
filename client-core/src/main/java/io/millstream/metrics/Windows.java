package io.millstream.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The windows of time that one writer's cells are kept by, and what keeps a reader's view of them
 * whole. One thread at a time writes, between {@link #begin} and {@link #end}; any thread reads.
 */
public final class Windows {

  /*
   * The writer counts up before and after each change, so the number is odd while cells are being
   * written. A reader reads plainly, and begins again if the number was odd or has changed
   * meanwhile. So the writer never waits and pays for no atomic operation, and what a reader
   * returns is of one moment, also where it is made of several cells.
   */
  private static final VarHandle CHANGES;

  static {
    try {
      CHANGES = MethodHandles.lookup().findVarHandle(Windows.class, "changes", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final int SPINS = 100;
  private static final long PAUSE_NANOS = 10_000;

  private final LongSupplier nanoTime;
  private final int count;
  private final long windowNanos;
  private final long originNanos;
  private long nowNanos;
  private long number;
  private long endNanos;
  private long changes;

  /** Takes a value out of cells, which may be in the middle of a change. */
  interface Reading {

    /** Returns the value at a moment. */
    double at(long nowNanos);
  }

  /**
   * Begins the first window.
   *
   * @param settings how many windows count, and how long they are
   * @param nanoTime the clock; any thread may ask it
   */
  public Windows(MetricsSettings settings, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.count = settings.samples();
    this.windowNanos = settings.windowNanos();
    this.originNanos = nanoTime.getAsLong();
    this.nowNanos = originNanos;
    this.endNanos = originNanos + windowNanos;
  }

  /** Notes what time it is. For the writer, outside of a change. */
  public void at(long nanos) {
    nowNanos = nanos;
    if (nanos - endNanos >= 0) {
      number = numberAt(nanos);
      endNanos = originNanos + (number + 1) * windowNanos;
    }
  }

  /** Returns what time the writer knows it to be. For the writer. */
  public long nowNanos() {
    return nowNanos;
  }

  /** Begins a change. */
  public void begin() {
    CHANGES.setOpaque(this, changes + 1);
    VarHandle.storeStoreFence();
  }

  /** Ends a change. */
  public void end() {
    CHANGES.setRelease(this, changes + 1);
  }

  /** Returns the number of the window that the writer is in. */
  long number() {
    return number;
  }

  long numberAt(long nanos) {
    return Math.max(0, (nanos - originNanos) / windowNanos);
  }

  /** Returns how many windows count. */
  int count() {
    return count;
  }

  /**
   * Returns over which time a rate is taken: from the beginning of the oldest window that counts,
   * or from when the cell came to be; at least all windows but one, so that a rate does not begin
   * wildly.
   */
  long elapsedNanos(long bornNanos, long nanos) {
    long oldestNanos = originNanos + Math.max(0, numberAt(nanos) - count + 1) * windowNanos;
    long elapsed = nanos - (bornNanos - oldestNanos > 0 ? bornNanos : oldestNanos);
    long missing = Math.max(0, count - 1 - elapsed / windowNanos);
    return Math.max(MetricsSettings.SHORTEST_WINDOW_NANOS, elapsed + missing * windowNanos);
  }

  /** Reads at this moment. Any thread may call this. */
  double read(Reading reading) {
    for (int tries = 0; ; tries++) {
      long before = (long) CHANGES.getAcquire(this);
      if ((before & 1) == 0) {
        double value = reading.at(nanoTime.getAsLong());
        VarHandle.acquireFence();
        if ((long) CHANGES.getOpaque(this) == before) {
          return value;
        }
      }
      if (tries < SPINS) {
        Thread.onSpinWait();
      } else {
        // The writer may have lost its processor in the middle of a change.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}

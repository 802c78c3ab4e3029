package io.millstream.produce;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A lock for sections of about a microsecond in which nothing waits. Not fair, and not to be taken
 * again by who has it. To give it back is one ordered write, and nobody is woken: who finds it
 * taken spins, and then sleeps for moments until it is free.
 */
final class BriefLock {

  private static final int SPINS = 200;
  private static final long MOMENT_NANOS = 20_000;

  private final AtomicBoolean taken = new AtomicBoolean();

  /** Who has it; only who has it now reads it for sure. */
  private @Nullable Thread holder;

  /**
   * Takes the lock.
   *
   * @return whether it was taken and had to be waited for
   */
  boolean lock() {
    boolean waits = !taken.compareAndSet(false, true);
    if (waits) {
      await();
    }
    holder = Thread.currentThread();
    return waits;
  }

  void unlock() {
    holder = null;
    taken.setRelease(false);
  }

  private void await() {
    if (holder == Thread.currentThread()) {
      throw new IllegalStateException(
          "A header of a record was read while its record was written, and has sent another one");
    }
    int attempts = 0;
    while (taken.getOpaque() || !taken.compareAndSet(false, true)) {
      attempts++;
      if (attempts <= SPINS) {
        Thread.onSpinWait();
      } else {
        // The one who has it was taken off its processor.
        LockSupport.parkNanos(this, MOMENT_NANOS);
      }
    }
  }
}

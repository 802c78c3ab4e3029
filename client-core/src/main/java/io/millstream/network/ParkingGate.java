package io.millstream.network;

import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A gate that parks the calling thread. */
final class ParkingGate implements Gate {

  private final Clock clock;
  private final ConcurrentLinkedQueue<Thread> waiters = new ConcurrentLinkedQueue<>();

  ParkingGate(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean await(BooleanSupplier condition, long deadlineNanos) throws InterruptedException {
    if (condition.getAsBoolean()) {
      return true;
    }
    Thread current = Thread.currentThread();
    // Enqueued before the second look: whoever changes the state after that look sees this thread
    // in the queue and unparks it, whoever changed it before is seen by the look.
    waiters.add(current);
    try {
      while (true) {
        VarHandle.fullFence();
        if (condition.getAsBoolean()) {
          return true;
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (deadlineNanos == NEVER) {
          LockSupport.park(this);
        } else {
          long remainingNanos = deadlineNanos - clock.nanoTime();
          if (remainingNanos <= 0) {
            return false;
          }
          LockSupport.parkNanos(this, remainingNanos);
        }
      }
    } finally {
      waiters.remove(current);
    }
  }

  @Override
  public void open() {
    // The change before this call must be visible before the queue is read; see await.
    VarHandle.fullFence();
    for (Thread waiter : waiters) {
      LockSupport.unpark(waiter);
    }
  }
}

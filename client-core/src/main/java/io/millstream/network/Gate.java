package io.millstream.network;

import java.util.function.BooleanSupplier;

/**
 * Where callers wait for something that other threads bring about. Every wait of the public API
 * goes through a gate. Must not be used to wait on the event loop.
 */
public interface Gate {

  /** A deadline that never comes. */
  long NEVER = Long.MAX_VALUE;

  /**
   * Waits until a condition holds. The condition is looked at before the first wait, after each
   * {@link #open} and at any other time.
   *
   * @param condition what is waited for; cheap, without side effects; reads state that is safe to
   *     read from the calling thread
   * @param deadlineNanos when to give up, on {@link Clock#nanoTime}, or {@link #NEVER}; a moment in
   *     the past makes this a plain look at the condition
   * @return whether the condition held
   * @throws InterruptedException if the thread is or gets interrupted while the condition does not
   *     hold; the interrupted status is cleared
   */
  boolean await(BooleanSupplier condition, long deadlineNanos) throws InterruptedException;

  /**
   * Makes all waiters look at their conditions again. Call it after the change. Any thread may; it
   * never blocks and costs next to nothing while nobody waits.
   */
  void open();
}

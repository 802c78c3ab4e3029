package io.millstream.consume;

import io.millstream.cluster.Deadline;
import io.millstream.common.KafkaException;
import io.millstream.common.errors.InterruptException;
import io.millstream.common.errors.WakeupException;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How callers of one consumer wait: for a condition, a wakeup, an interrupt, the end of the client.
 * Any thread but the event loop.
 */
final class CallerWait {

  private final EventLoop loop;
  private final Gate gate;
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile long latestDeadlineNanos = Gate.NEVER;
  private volatile boolean ended;
  private volatile @Nullable Throwable endCause;

  CallerWait(EventLoop loop, Gate gate) {
    this.loop = loop;
    this.gate = gate;
    loop.onEnd(
        cause -> {
          endCause = cause;
          ended = true;
          gate.open();
        });
  }

  Gate gate() {
    return gate;
  }

  EventLoop loop() {
    return loop;
  }

  /** Ends the wait of now, or the next one. */
  void wakeup() {
    woken.set(true);
    gate.open();
  }

  /** Throws if a wakeup was not heeded yet. */
  void throwIfWoken() {
    if (woken.compareAndSet(true, false)) {
      throw new WakeupException();
    }
  }

  /** A wakeup that was not heeded yet is not heeded at all. */
  void forgetWakeup() {
    woken.set(false);
  }

  /** Throws if the thread is interrupted, and leaves it so. */
  static void throwIfInterrupted(String what) {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptException(what + " was called by an interrupted thread");
    }
  }

  /**
   * Waits; a wakeup ends it.
   *
   * @param what for the error, such as the name of the method
   * @return whether the condition holds
   * @throws WakeupException after {@link #wakeup}
   * @throws InterruptException if the thread is or gets interrupted; it stays so
   */
  boolean await(String what, BooleanSupplier condition, long deadlineNanos) {
    while (true) {
      boolean over =
          !awaitUnwoken(what, () -> condition.getAsBoolean() || woken.get(), deadlineNanos);
      if (condition.getAsBoolean()) {
        return true;
      }
      throwIfWoken();
      if (over || ended) {
        return !over;
      }
      // The wakeup was for this thread and another, which has heeded it.
    }
  }

  /** Waits; a wakeup does not end it. */
  boolean awaitUnwoken(String what, BooleanSupplier condition, long deadlineNanos) {
    return awaitOthers(what, () -> condition.getAsBoolean() || ended, deadlineNanos);
  }

  /** Waits for another caller; neither a wakeup nor the end of the client ends it. */
  boolean awaitOthers(String what, BooleanSupplier condition, long deadlineNanos) {
    try {
      return gate.await(condition, deadlineNanos);
    } catch (InterruptedException e) {
      throw new InterruptException(what + " was interrupted while it waited", e);
    }
  }

  /**
   * Waits for an answer of the loop and returns it.
   *
   * @throws RuntimeException what the loop answered
   */
  <T> T answer(String what, Answer<T> answer) {
    await(what, answer::isDone, Gate.NEVER);
    if (!answer.isDone()) {
      throw ended(what);
    }
    return answer.get();
  }

  /** Runs a task on the loop. */
  void onLoop(String what, Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      KafkaException failure = ended(what);
      failure.addSuppressed(e);
      throw failure;
    }
  }

  /** Throws if the loop has ended, of which nothing more will come. */
  void throwIfEnded(String what) {
    if (ended) {
      throw ended(what);
    }
  }

  private KafkaException ended(String what) {
    Throwable cause = endCause;
    String text = what + " cannot be completed: the client " + loop.name();
    return cause == null
        ? new KafkaException(text + " was closed meanwhile")
        : new KafkaException(text + " broke down and has to be created anew: " + cause, cause);
  }

  /** The consumer is being closed: no call that begins now, as a listener's, may take longer. */
  void noLaterThan(long deadlineNanos) {
    latestDeadlineNanos = deadlineNanos;
  }

  /** Returns when a duration from now is over, or closing is. */
  long deadlineNanos(Duration timeout) {
    long nanos = Deadline.after(timeout, loop.environment().clock()).nanos();
    long latest = latestDeadlineNanos;
    if (latest == Gate.NEVER) {
      return nanos;
    }
    return nanos == Gate.NEVER || latest - nanos < 0 ? latest : nanos;
  }
}

package io.millstream.consume;

import io.millstream.common.errors.InterruptException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.network.Gate;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may touch what a consumer's callers share: positions, cursors, subscription. A running poll
 * has it all the time; whoever calls meanwhile hands over what is to be done, and poll does it
 * before it returns. With no poll running the caller takes the permit. A thread that has it may
 * take it again, as a listener does that calls the consumer.
 */
final class PollPermit {

  private enum State {
    WAITING,
    RUNNING,
    DONE,
    WITHDRAWN
  }

  /** So long a call waits at least: a poll that waits itself does at once what is handed over. */
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final CallerWait waits;
  private final Duration patience;
  private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
  private final ConcurrentLinkedQueue<Handed<?>> handed = new ConcurrentLinkedQueue<>();
  private volatile boolean polling;

  private static final class Handed<T> {

    private final Supplier<T> task;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private @Nullable T result;
    private final Failures failures = new Failures();

    Handed(Supplier<T> task) {
      this.task = task;
    }

    void run() {
      if (!state.compareAndSet(State.WAITING, State.RUNNING)) {
        return;
      }
      try {
        result = task.get();
      } catch (RuntimeException | Error e) {
        // Its caller's, and not to end the poll that does it.
        failures.add(e);
      }
      state.set(State.DONE);
    }

    boolean isDone() {
      return state.get() == State.DONE;
    }

    /** Returns whether the task will not run. */
    boolean withdraw() {
      return state.compareAndSet(State.WAITING, State.WITHDRAWN);
    }

    // The task decides whether null is a result.
    @SuppressWarnings("NullAway")
    T get() {
      failures.throwFirst();
      return result;
    }
  }

  /**
   * Creates it; nobody has it.
   *
   * @param waits how callers wait
   * @param patience how long a call waits for whoever has the permit that says nothing of it
   */
  PollPermit(CallerWait waits, Duration patience) {
    this.waits = waits;
    this.patience = patience;
  }

  /**
   * Takes the permit for a poll.
   *
   * @throws ConcurrentModificationException if another thread polls
   * @throws IllegalStateException if this thread polls already
   */
  void enterPoll() {
    Thread me = Thread.currentThread();
    if (holder.get() == me) {
      throw new IllegalStateException(
          "poll() was called within poll(), by a listener, an interceptor or a deserializer; let them"
              + " return first");
    }
    while (!holder.compareAndSet(null, me)) {
      Thread other = holder.get();
      if (polling && other != null) {
        throw new ConcurrentModificationException(
            ("Thread %s called poll() while thread %s polls the same consumer. Other calls may come"
                    + " from any thread, but polls must not overlap: give each thread a consumer of"
                    + " its own")
                .formatted(me.getName(), other.getName()));
      }
      waits.awaitOthers("poll", () -> polling || holder.get() == null, Gate.NEVER);
    }
    polling = true;
  }

  /** Ends a poll. */
  void leavePoll() {
    runHanded();
    polling = false;
    release();
  }

  /** Says whether somebody waits for something to be done by the poll that runs. */
  boolean hasHanded() {
    return !handed.isEmpty();
  }

  /** Does what others have handed over; by the holder. */
  void runHanded() {
    Handed<?> task;
    boolean ran = false;
    while ((task = handed.poll()) != null) {
      task.run();
      ran = true;
    }
    if (ran) {
      waits.gate().open();
    }
  }

  /** Says whether the holder of the permit polls. */
  boolean isPolling() {
    return polling;
  }

  /** Says whether the calling thread has the permit. */
  boolean isHeldHere() {
    return holder.get() == Thread.currentThread();
  }

  /** See {@link #call(String, long, Supplier)}. */
  <T> T call(String what, Supplier<T> task) {
    return call(what, waits.deadlineNanos(patience), task);
  }

  /**
   * Has something short done by whoever has the permit; waits until it is.
   *
   * @param deadlineNanos when to give up; a second is waited for in any case
   * @throws TimeoutException if the time is over before it is begun: who polls is busy in code of
   *     the application
   */
  <T> T call(String what, long deadlineNanos, Supplier<T> task) {
    Thread me = Thread.currentThread();
    if (holder.get() == me) {
      return task.get();
    }
    if (holder.compareAndSet(null, me)) {
      try {
        return task.get();
      } finally {
        release();
      }
    }
    long leastNanos = waits.deadlineNanos(LEAST);
    long latestNanos =
        deadlineNanos == Gate.NEVER || deadlineNanos - leastNanos > 0 ? deadlineNanos : leastNanos;
    Handed<T> mine = new Handed<>(task);
    handed.add(mine);
    waits.gate().open();
    try {
      while (!mine.isDone()) {
        boolean over =
            !waits.awaitOthers(what, () -> mine.isDone() || holder.get() == null, latestNanos);
        if (!mine.isDone() && holder.compareAndSet(null, me)) {
          release();
        } else if (over) {
          Thread other = holder.get();
          if (mine.withdraw()) {
            throw new TimeoutException(
                "%s was not done in time: thread %s polls the same consumer, and is busy in a rebalance listener, a deserializer, an interceptor or a callback; let it return first, or call from within it"
                    .formatted(what, other == null ? "?" : other.getName()));
          }
          waits.awaitOthers(what, mine::isDone, Gate.NEVER);
        }
      }
    } catch (InterruptException e) {
      if (mine.withdraw()) {
        throw e;
      }
      // It was begun, so it counts; the thread stays interrupted for the next wait.
      boolean interrupted = Thread.interrupted();
      waits.awaitOthers(what, mine::isDone, Gate.NEVER);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return mine.get();
  }

  /** Does something short if nobody has the permit but the calling thread. */
  void runIfFree(Runnable task) {
    Thread me = Thread.currentThread();
    if (holder.get() == me) {
      task.run();
    } else if (holder.compareAndSet(null, me)) {
      try {
        task.run();
      } finally {
        release();
      }
    }
  }

  /** See {@link #call(String, Supplier)}. */
  void run(String what, Runnable task) {
    call(
        what,
        () -> {
          task.run();
          return true;
        });
  }

  /**
   * Takes the permit to close, however long that takes; to be given back by {@link #giveBack}.
   *
   * @return false if it was not to be had before the deadline
   */
  boolean takeToClose(long deadlineNanos) {
    Thread me = Thread.currentThread();
    while (holder.get() != me && !holder.compareAndSet(null, me)) {
      if (!waits.awaitOthers("close", () -> holder.get() == null, deadlineNanos)) {
        return false;
      }
    }
    return true;
  }

  /** Gives the permit back after closing. */
  void giveBack() {
    release();
  }

  /** Does what was handed over before, gives the permit back, and lets others try. */
  private void release() {
    runHanded();
    holder.set(null);
    // Who handed something over after the last look takes the permit now and does it himself.
    waits.gate().open();
  }
}

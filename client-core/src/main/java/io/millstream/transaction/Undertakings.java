package io.millstream.transaction;

import io.millstream.common.errors.TimeoutException;
import io.millstream.network.Durations;
import io.millstream.network.EventLoop;
import io.millstream.network.Timer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What callers have asked for: one operation at a time. A caller whose time is over leaves; the
 * operation goes on, and the same call made again learns how it ended. Owned by the event loop.
 */
final class Undertakings {

  private final EventLoop loop;
  private final long maxBlockNanos;
  private final Supplier<String> obstacle;
  private @Nullable Undertaking current;

  /** The latest that was answered, since its caller may have been interrupted before it heard. */
  private @Nullable Undertaking answered;

  private @Nullable RuntimeException closed;

  private static final class Undertaking {
    private final TransactionOperation operation;
    private final Object arguments;
    private @Nullable CallerAnswer caller;
    private @Nullable Timer timer;
    private boolean ended;
    private @Nullable RuntimeException failure;

    Undertaking(TransactionOperation operation, Object arguments) {
      this.operation = operation;
      this.arguments = arguments;
    }

    boolean is(TransactionOperation other, Object otherArguments) {
      return operation == other && arguments.equals(otherArguments);
    }
  }

  /**
   * Creates it without any.
   *
   * @param obstacle what is waited for, as the end of a sentence
   */
  Undertakings(EventLoop loop, long maxBlockNanos, Supplier<String> obstacle) {
    this.loop = loop;
    this.maxBlockNanos = maxBlockNanos;
    this.obstacle = obstacle;
  }

  /**
   * Takes a call.
   *
   * @param operation what is asked for
   * @param arguments tell one call from another of the same operation
   * @param caller gets the answer
   * @param start begins the operation; throws where the state does not allow it
   */
  void call(TransactionOperation operation, Object arguments, CallerAnswer caller, Runnable start) {
    loop.assertInLoop();
    Undertaking before = current;
    if (closed != null) {
      caller.give(closed);
    } else if (before == null || givesWay(before, operation)) {
      Undertaking begun = new Undertaking(operation, arguments);
      current = begun;
      answered = null;
      attach(begun, caller);
      try {
        start.run();
      } catch (RuntimeException e) {
        end(operation, e);
      }
    } else if (before.caller != null || !before.is(operation, arguments)) {
      caller.give(
          new IllegalStateException(
              before.caller == null
                  ? "%s has timed out, so call it again to learn how it ended; until then %s cannot be called"
                      .formatted(before.operation, operation)
                  : "%s was called while another thread waits for %s"
                      .formatted(operation, before.operation)));
    } else if (before.ended) {
      current = null;
      caller.give(before.failure);
    } else {
      attach(before, caller);
    }
  }

  /**
   * Offsets that nobody waits for any more do not keep a transaction from being aborted, and how a
   * beginning has ended shows with what follows it.
   */
  private static boolean givesWay(Undertaking before, TransactionOperation operation) {
    if (before.ended && before.operation == TransactionOperation.BEGIN) {
      return operation != TransactionOperation.BEGIN;
    }
    return before.operation == TransactionOperation.SEND_OFFSETS
        && before.caller == null
        && operation == TransactionOperation.ABORT;
  }

  private void attach(Undertaking undertaking, CallerAnswer caller) {
    undertaking.caller = caller;
    undertaking.timer = loop.schedule(maxBlockNanos, () -> timedOut(undertaking));
  }

  /** A caller waits no longer: it was interrupted, and has not heard of an answer. */
  void leave(CallerAnswer caller) {
    if (current != null && current.caller == caller) {
      current.caller = null;
      cancelTimer(current);
    } else if (current == null && answered != null && answered.caller == caller) {
      current = answered;
      current.caller = null;
      current.ended = true;
    }
  }

  private void timedOut(Undertaking undertaking) {
    CallerAnswer caller = undertaking.caller;
    if (caller == null) {
      return;
    }
    undertaking.caller = null;
    caller.give(
        new TimeoutException(
            "%s is not done after max.block.ms=%s (%s). It goes on: call it again to wait for its end"
                .formatted(undertaking.operation, Durations.text(maxBlockNanos), obstacle.get())));
  }

  /**
   * Ends an operation, if it is the one under way.
   *
   * @param failure null where it succeeded
   */
  void end(TransactionOperation operation, @Nullable RuntimeException failure) {
    Undertaking undertaking = current;
    if (undertaking == null || undertaking.operation != operation || undertaking.ended) {
      return;
    }
    undertaking.failure = failure;
    CallerAnswer caller = undertaking.caller;
    if (caller == null) {
      undertaking.ended = true;
      return;
    }
    cancelTimer(undertaking);
    current = null;
    answered = undertaking;
    caller.give(failure);
  }

  private static void cancelTimer(Undertaking undertaking) {
    if (undertaking.timer != null) {
      undertaking.timer.cancel();
      undertaking.timer = null;
    }
  }

  /** Ends whatever is under way. */
  void endAll(RuntimeException failure) {
    if (current != null) {
      end(current.operation, failure);
    }
  }

  /** Ends whatever is under way, and refuses what comes later. */
  void close(RuntimeException failure) {
    closed = failure;
    endAll(failure);
  }
}

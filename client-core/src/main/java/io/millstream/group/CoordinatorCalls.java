package io.millstream.group;

import io.millstream.common.errors.ApiException;
import io.millstream.common.errors.RetriableException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.network.Durations;
import io.millstream.network.EventLoop;
import io.millstream.network.Purpose;
import io.millstream.network.Timer;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.ErrorCode;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where requests to the coordinator are tried again: after a lost connection, a
 * time-out, and each error whose reaction in the error table is to retry. Owned by the event loop.
 */
final class CoordinatorCalls {

  private static final Logger LOG = LoggerFactory.getLogger(CoordinatorCalls.class);

  /** The deadline of a call that is tried until it is cancelled. */
  static final long NEVER = Long.MAX_VALUE;

  /**
   * What is sent, and how.
   *
   * @param purpose the connection
   * @param request makes the message of each attempt
   * @param error finds in an answer the error that decides whether to try again
   * @param timeoutNanos how long one attempt may take
   * @param deadlineNanos when to give up, on the loop's clock, or {@link #NEVER}
   * @param <R> the answer
   */
  record Plan<R extends ApiResponse>(
      Purpose purpose,
      Supplier<CoordinatorRequest<R>> request,
      Function<R, ErrorCode> error,
      long timeoutNanos,
      long deadlineNanos) {}

  /** Gets the outcome of a call: exactly once, on the loop, unless it is cancelled before. */
  interface Outcome<R> {

    /** The coordinator gave an answer that trying again does not change. */
    void answered(R response, ErrorCode error);

    /** There is none, and there will be none. */
    void failed(RuntimeException cause);
  }

  /** A call under way. */
  interface Ongoing {

    /** A call that has ended. */
    Ongoing NONE =
        new Ongoing() {
          @Override
          public void cancel() {}

          @Override
          public @Nullable RuntimeException latestFailure() {
            return null;
          }
        };

    /** Whatever comes now is not heeded; no further attempt is made. */
    void cancel();

    /** Returns why the latest attempt has to be made again, or null. */
    @Nullable RuntimeException latestFailure();
  }

  private final EventLoop loop;
  private final CoordinatorLink link;
  private final IntToLongFunction backOffNanos;

  CoordinatorCalls(EventLoop loop, CoordinatorLink link, IntToLongFunction backOffNanos) {
    this.loop = loop;
    this.link = link;
    this.backOffNanos = backOffNanos;
  }

  EventLoop loop() {
    return loop;
  }

  /** Has the loop do something that means nothing any more once it has ended. Any thread. */
  void onLoop(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: the event loop has ended, and the membership with it", loop.name(), e);
    }
  }

  /** The coordinator does not answer: the next attempt looks it up anew. */
  void forgetCoordinator(String reason) {
    link.forget(reason);
  }

  /** Says whether the coordinator is known. */
  boolean coordinatorIsKnown() {
    return link.isKnown();
  }

  /** Returns what is waited for, as the end of a sentence. */
  String obstacle() {
    return link.obstacle();
  }

  <R extends ApiResponse> Ongoing start(Plan<R> plan, Outcome<R> outcome) {
    loop.assertInLoop();
    Attempts<R> attempts = new Attempts<>(plan, outcome);
    attempts.next();
    return attempts;
  }

  private final class Attempts<R extends ApiResponse> implements Ongoing, CoordinatorLink.Reply<R> {

    private final Plan<R> plan;
    private final Outcome<R> outcome;
    private final long startedNanos = loop.nanoTime();
    private int failures;
    private boolean over;
    private @Nullable Timer pause;
    private @Nullable RuntimeException latestFailure;

    Attempts(Plan<R> plan, Outcome<R> outcome) {
      this.plan = plan;
      this.outcome = outcome;
    }

    void next() {
      pause = null;
      CoordinatorRequest<R> request = plan.request.get();
      long timeoutNanos = Math.min(plan.timeoutNanos, remainingNanos());
      link.send(plan.purpose, request, timeoutNanos, plan.timeoutNanos, this);
    }

    @Override
    public void cancel() {
      over = true;
      if (pause != null) {
        pause.cancel();
      }
    }

    @Override
    public void answered(R response) {
      if (over) {
        return;
      }
      ErrorCode error = plan.error.apply(response);
      GroupVerdict verdict = GroupVerdict.of(error);
      if (verdict == GroupVerdict.RETRY || verdict == GroupVerdict.RETRY_ELSEWHERE) {
        if (verdict == GroupVerdict.RETRY_ELSEWHERE) {
          link.forget("it answered " + error);
        }
        tryAgain(error.exception("the coordinator answered " + error));
      } else {
        over = true;
        outcome.answered(response, error);
      }
    }

    @Override
    public void failed(RuntimeException cause) {
      if (over) {
        return;
      }
      if (cause instanceof RetriableException && remainingNanos() <= 0) {
        // That says nothing of the coordinator: the caller waits no longer.
        latestFailure = cause;
        failures++;
        expire();
      } else if (cause instanceof RetriableException) {
        link.forget(String.valueOf(cause.getMessage()));
        tryAgain(cause);
      } else {
        over = true;
        outcome.failed(cause);
      }
    }

    @Override
    public @Nullable RuntimeException latestFailure() {
      return latestFailure;
    }

    private void tryAgain(RuntimeException why) {
      latestFailure = why;
      failures++;
      long pauseNanos = backOffNanos.applyAsLong(failures);
      if (remainingNanos() <= pauseNanos) {
        // The rest of the time is waited for, so that a caller never hears of a time-out too early.
        pause = loop.schedule(Math.max(0, remainingNanos()), this::expire);
        return;
      }
      LOG.debug(
          "Trying again in {} ms: {}", TimeUnit.NANOSECONDS.toMillis(pauseNanos), why.toString());
      pause = loop.schedule(pauseNanos, this::next);
    }

    private void expire() {
      over = true;
      outcome.failed(
          new TimeoutException(
              "No success after %d attempts in %s; the last one: %s"
                  .formatted(failures, Durations.text(loop.nanoTime() - startedNanos), reason()),
              latestFailure));
    }

    private String reason() {
      RuntimeException failure = latestFailure;
      if (failure == null) {
        return "nothing was sent yet";
      }
      String message = failure.getMessage();
      return failure instanceof ApiException && message != null ? message : failure.toString();
    }

    private long remainingNanos() {
      return plan.deadlineNanos == NEVER ? NEVER : plan.deadlineNanos - loop.nanoTime();
    }
  }
}

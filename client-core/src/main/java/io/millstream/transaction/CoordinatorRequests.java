package io.millstream.transaction;

import io.millstream.network.Backoff;
import io.millstream.network.EventLoop;
import io.millstream.network.Reply;
import io.millstream.network.RequestFailure;
import io.millstream.network.Timer;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.Reaction;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where requests to the coordinators are sent again: after a lost connection, a
 * time-out, and each error that asks for it. There is no deadline: callers wait for as long as they
 * like, and what they wait for goes on. Owned by the event loop.
 */
final class CoordinatorRequests {

  private static final Logger LOG = LoggerFactory.getLogger(CoordinatorRequests.class);

  /** The markers of the transaction before are mostly written after a few milliseconds. */
  private static final long FIRST_PAUSE_BETWEEN_TRANSACTIONS = TimeUnit.MILLISECONDS.toNanos(10);

  private final EventLoop loop;
  private final TransactionLink link;
  private final Backoff backoff;
  private final Backoff betweenTransactions;
  private final Set<Attempts<?>> open = new LinkedHashSet<>();
  private String latestProblem = "";

  /** Learns of the end, on the loop, exactly once. */
  interface Outcome<R> {

    /**
     * The coordinator gave an answer that trying again does not change.
     *
     * @param response the answer
     * @param error the error in it
     * @param afterUnanswered whether an earlier attempt may have reached the coordinator
     */
    void answered(R response, ErrorCode error, boolean afterUnanswered);

    /** There is no answer, and there will be none. */
    void failed(RuntimeException cause);
  }

  CoordinatorRequests(EventLoop loop, TransactionLink link, Backoff backoff) {
    this.loop = loop;
    this.link = link;
    this.backoff = backoff;
    this.betweenTransactions = new Backoff(FIRST_PAUSE_BETWEEN_TRANSACTIONS, backoff.maxNanos());
  }

  TransactionLink link() {
    return link;
  }

  /** Says whether nothing is under way. */
  boolean isQuiet() {
    return open.isEmpty();
  }

  /** Returns what is waited for, as the end of a sentence. */
  String obstacle() {
    return latestProblem.isEmpty() ? link.obstacle() : "last: " + latestProblem;
  }

  /**
   * Sends a request until it is answered for good.
   *
   * @param request what to send
   * @param error finds the error that decides in an answer
   * @param outcome learns of the end, never within this call
   */
  <R extends ApiResponse> void send(
      TransactionRequest<R> request, Function<R, ErrorCode> error, Outcome<R> outcome) {
    loop.assertInLoop();
    latestProblem = "";
    Attempts<R> attempts = new Attempts<>(request, error, outcome);
    open.add(attempts);
    attempts.next();
  }

  /** Has what is under way end with the attempt of now, or without another one. */
  void stopTrying() {
    Set.copyOf(open).forEach(Attempts::stop);
  }

  private final class Attempts<R extends ApiResponse> implements Reply<R> {

    private final TransactionRequest<R> request;
    private final Function<R, ErrorCode> error;
    private final Outcome<R> outcome;
    private int failures;
    private boolean unanswered;
    private boolean stopped;
    private @Nullable Timer pause;

    Attempts(TransactionRequest<R> request, Function<R, ErrorCode> error, Outcome<R> outcome) {
      this.request = request;
      this.error = error;
      this.outcome = outcome;
    }

    void next() {
      pause = null;
      link.send(request, this);
    }

    void stop() {
      stopped = true;
      if (pause != null) {
        pause.cancel();
        open.remove(this);
        loop.execute(() -> outcome.failed(new StoppedException(latestProblem)));
      }
    }

    @Override
    public void answered(R response, short version) {
      ErrorCode found = error.apply(response);
      if (TransactionVerdict.of(found) != TransactionVerdict.TRY_AGAIN) {
        open.remove(this);
        outcome.answered(response, found, unanswered);
        return;
      }
      if (found.reactions().contains(Reaction.FIND_COORDINATOR)) {
        link.forget(request.coordinator(), "it answered " + found);
      }
      tryAgain(
          request.coordinator() + " answered " + found + " to " + request.apiKey(),
          found == ErrorCode.CONCURRENT_TRANSACTIONS ? betweenTransactions : backoff);
    }

    @Override
    public void failed(RequestFailure failure) {
      unanswered |= failure.sent();
      if (failure.retriable()) {
        link.forget(request.coordinator(), failure.detail());
        tryAgain(failure.detail(), backoff);
      } else {
        open.remove(this);
        outcome.failed(failure.exception());
      }
    }

    private void tryAgain(String problem, Backoff pauses) {
      latestProblem = problem;
      failures++;
      if (stopped) {
        open.remove(this);
        outcome.failed(new StoppedException(problem));
        return;
      }
      LOG.debug("{}: {} is tried again: {}", loop.name(), request.apiKey(), problem);
      long pauseNanos = pauses.nanos(failures, loop.environment().random());
      pause = loop.schedule(pauseNanos, this::next);
    }
  }

  /** The transaction ended before the request succeeded. */
  static final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoppedException(String problem) {
      super("The transaction ended first; last: " + problem);
    }
  }
}

package io.millstream.group;

import io.millstream.network.Purpose;
import io.millstream.protocol.ApiResponse;

/** The way to the coordinator of one group. Owned by the event loop. */
public interface CoordinatorLink {

  /** Gets the outcome of one attempt, on the loop, exactly once and never before send returned. */
  interface Reply<R> {

    /** The coordinator answered, perhaps with an error. */
    void answered(R response);

    /**
     * There is no answer.
     *
     * @param cause a {@link io.millstream.common.errors.RetriableException} where another attempt
     *     may succeed
     */
    void failed(RuntimeException cause);
  }

  /**
   * Makes one attempt; looks the coordinator up first where it is not known.
   *
   * @param purpose the connection to use
   * @param request what to send
   * @param timeoutNanos how long to wait for the answer, lookup included
   * @param patienceNanos how long the coordinator may take before the connection counts as dead;
   *     without effect if it is shorter
   * @param reply gets the outcome
   * @param <R> the answer
   */
  <R extends ApiResponse> void send(
      Purpose purpose,
      CoordinatorRequest<R> request,
      long timeoutNanos,
      long patienceNanos,
      Reply<R> reply);

  /**
   * The next attempt looks the coordinator up anew.
   *
   * @param reason why, for the log
   */
  void forget(String reason);

  /** Says whether the coordinator is known, as far as nobody has noticed that it is not. */
  boolean isKnown();

  /** Returns what is waited for, as the end of a sentence. */
  String obstacle();
}

package io.millstream.transaction;

import io.millstream.cluster.Route;
import io.millstream.network.Reply;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiResponse;

/** The way to the coordinators that a transaction needs. Owned by the event loop. */
interface TransactionLink {

  /**
   * Makes one attempt; looks the coordinator up first where it is not known.
   *
   * @param request what to send, and whom to
   * @param reply gets the outcome, exactly once and never before this returned
   * @param <R> the answer
   */
  <R extends ApiResponse> void send(TransactionRequest<R> request, Reply<R> reply);

  /**
   * The next attempt looks the coordinator up anew.
   *
   * @param coordinator which
   * @param reason for the log
   */
  void forget(Route.Coordinator coordinator, String reason);

  /**
   * Returns the level to which the cluster has finalized {@code transaction.version} (KIP-890), as
   * far as it is known; to be asked when a transaction begins.
   */
  short transactionVersion();

  /** Says whether the coordinator of the transactional id speaks a version of an API. */
  boolean speaks(ApiKey key, int version);

  /** Returns what is waited for, as the end of a sentence. */
  String obstacle();
}

package io.millstream.transaction;

import io.millstream.protocol.ErrorCode;

/** What the parts of a transaction report. */
interface TransactionEvents {

  /** A request that may open the transaction at the coordinator is about to leave. */
  void touching();

  /** The coordinator has the transaction open. */
  void confirmed();

  /**
   * A coordinator refused.
   *
   * @param error why
   * @param cause what the user hears
   */
  void refused(ErrorCode error, RuntimeException cause);

  /**
   * There is no answer, and there will be none.
   *
   * @param cause what the user hears
   * @param lasting whether only another producer can go on
   */
  void broken(RuntimeException cause, boolean lasting);
}

package io.millstream.protocol;

/** What an error of a broker asks for. */
public enum Reaction {
  /** Send again after a back-off. */
  RETRY,
  /** Leader or broker are not what the client believes. */
  REFRESH_METADATA,
  /** The coordinator is not where the client believes. */
  FIND_COORDINATOR,
  /** The producer needs another identity. */
  NEW_PRODUCER_ID,
  /** The transaction can only be aborted. */
  ABORT_TRANSACTION,
  /** Tell the user. */
  FAIL
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The previous transaction of the producer is still being completed. */
public class ConcurrentTransactionsException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public ConcurrentTransactionsException(@Nullable String message) {
    super(message);
  }
}

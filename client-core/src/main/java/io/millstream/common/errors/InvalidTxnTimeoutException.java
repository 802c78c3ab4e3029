package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The transaction timeout is above the broker's {@code transaction.max.timeout.ms}. */
public class InvalidTxnTimeoutException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidTxnTimeoutException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InvalidTxnTimeoutException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

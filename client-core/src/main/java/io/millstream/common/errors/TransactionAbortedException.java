package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The record was not sent, since its transaction was aborted first. */
public class TransactionAbortedException extends ApiException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public TransactionAbortedException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public TransactionAbortedException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public TransactionAbortedException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The transaction can go no further and has to be aborted; the producer can be used on. */
public class TransactionAbortableException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public TransactionAbortableException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public TransactionAbortableException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

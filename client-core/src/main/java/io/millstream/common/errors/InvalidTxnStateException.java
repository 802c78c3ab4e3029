package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The transaction is not in a state in which this can be done. */
public class InvalidTxnStateException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidTxnStateException(@Nullable String message) {
    super(message);
  }
}

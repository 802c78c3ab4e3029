package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker left the operation alone, for example because another of the same request failed. */
public class OperationNotAttemptedException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public OperationNotAttemptedException(@Nullable String message) {
    super(message);
  }
}

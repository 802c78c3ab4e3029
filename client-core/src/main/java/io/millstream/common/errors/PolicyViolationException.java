package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** A policy of the broker forbids what was asked. */
public class PolicyViolationException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public PolicyViolationException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public PolicyViolationException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

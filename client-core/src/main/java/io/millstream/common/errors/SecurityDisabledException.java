package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker has no authorizer, so that access rules cannot be managed. */
public class SecurityDisabledException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public SecurityDisabledException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public SecurityDisabledException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/**
 * The session timeout is outside of what the broker allows ({@code group.min.session.timeout.ms} to
 * {@code group.max.session.timeout.ms}).
 */
public class InvalidSessionTimeoutException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidSessionTimeoutException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InvalidSessionTimeoutException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** A delegation token cannot be asked for over a connection that was authenticated this way. */
public class UnsupportedByAuthenticationException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnsupportedByAuthenticationException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public UnsupportedByAuthenticationException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

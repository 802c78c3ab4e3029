package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker refused the credentials. Trying again does not help. */
public class SaslAuthenticationException extends AuthenticationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public SaslAuthenticationException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public SaslAuthenticationException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

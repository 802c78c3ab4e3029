package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/**
 * The TLS handshake failed: a certificate was missing, expired, of another host or not trusted.
 * Trying again does not help.
 */
public class SslAuthenticationException extends AuthenticationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public SslAuthenticationException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public SslAuthenticationException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

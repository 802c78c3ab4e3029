package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The client could not prove who it is. Trying again does not help. */
public class AuthenticationException extends InvalidConfigurationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public AuthenticationException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public AuthenticationException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public AuthenticationException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** A request came that does not belong at this point of the SASL handshake. */
public class IllegalSaslStateException extends AuthenticationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public IllegalSaslStateException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public IllegalSaslStateException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

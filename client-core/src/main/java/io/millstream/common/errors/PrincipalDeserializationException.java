package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** A forwarded request named its user in a form that the broker could not read. */
public class PrincipalDeserializationException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public PrincipalDeserializationException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public PrincipalDeserializationException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

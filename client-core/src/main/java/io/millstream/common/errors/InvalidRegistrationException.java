package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The registration of a broker or controller is not acceptable. */
public class InvalidRegistrationException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidRegistrationException(@Nullable String message) {
    super(message);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The id of the controller is not known. */
public class UnknownControllerIdException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnknownControllerIdException(@Nullable String message) {
    super(message);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker is not the controller. */
public class NotControllerException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public NotControllerException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public NotControllerException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

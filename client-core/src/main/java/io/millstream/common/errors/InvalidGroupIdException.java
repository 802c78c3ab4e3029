package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The setting {@code group.id} is missing or not allowed. */
public class InvalidGroupIdException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidGroupIdException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InvalidGroupIdException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** An offset is not valid for its partition. */
public class InvalidOffsetException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidOffsetException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InvalidOffsetException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

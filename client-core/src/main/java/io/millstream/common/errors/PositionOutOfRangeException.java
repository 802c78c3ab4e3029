package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The position in the snapshot lies outside of it. */
public class PositionOutOfRangeException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public PositionOutOfRangeException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public PositionOutOfRangeException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The offset lies outside of what the partition holds. */
public class OffsetOutOfRangeException extends InvalidOffsetException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public OffsetOutOfRangeException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public OffsetOutOfRangeException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

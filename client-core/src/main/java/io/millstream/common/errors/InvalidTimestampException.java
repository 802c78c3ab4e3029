package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The timestamp of a record is outside of what the topic allows. */
public class InvalidTimestampException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidTimestampException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InvalidTimestampException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The number of partitions is not allowed. */
public class InvalidPartitionsException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidPartitionsException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InvalidPartitionsException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

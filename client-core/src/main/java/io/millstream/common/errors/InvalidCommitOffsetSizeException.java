package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The committed offset with its metadata is larger than the broker allows. */
public class InvalidCommitOffsetSizeException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidCommitOffsetSizeException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InvalidCommitOffsetSizeException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The size asked for in a fetch is not valid. */
public class InvalidFetchSizeException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidFetchSizeException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InvalidFetchSizeException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

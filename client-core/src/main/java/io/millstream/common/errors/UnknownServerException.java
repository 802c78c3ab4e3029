package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker failed in a way it did not name; its log tells more. */
public class UnknownServerException extends ApiException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public UnknownServerException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnknownServerException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public UnknownServerException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public UnknownServerException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

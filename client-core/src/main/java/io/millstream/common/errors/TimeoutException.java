package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The time for an operation was over before it was done. */
public class TimeoutException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public TimeoutException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public TimeoutException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public TimeoutException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public TimeoutException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

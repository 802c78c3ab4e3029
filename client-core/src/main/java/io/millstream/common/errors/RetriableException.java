package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** An error that may go away when the same request is sent again. */
public abstract class RetriableException extends ApiException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public RetriableException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public RetriableException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public RetriableException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public RetriableException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

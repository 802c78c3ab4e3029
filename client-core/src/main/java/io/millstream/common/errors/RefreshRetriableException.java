package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/**
 * An error that may go away when the client has looked up leader or coordinator anew and sends
 * again.
 */
public abstract class RefreshRetriableException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public RefreshRetriableException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public RefreshRetriableException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public RefreshRetriableException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public RefreshRetriableException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

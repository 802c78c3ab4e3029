package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The connection was closed before the answer came. */
public class DisconnectException extends RetriableException {

  /** One without a message, for where nothing more is known. */
  @SuppressWarnings("StaticAssignmentOfThrowable") // a constant of the public API; no stack trace
  public static final DisconnectException INSTANCE = new DisconnectException();

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public DisconnectException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public DisconnectException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public DisconnectException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public DisconnectException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

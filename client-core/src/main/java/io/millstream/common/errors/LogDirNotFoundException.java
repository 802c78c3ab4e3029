package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not have the log directory. */
public class LogDirNotFoundException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public LogDirNotFoundException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public LogDirNotFoundException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public LogDirNotFoundException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

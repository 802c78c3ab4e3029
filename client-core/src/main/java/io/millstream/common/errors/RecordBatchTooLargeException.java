package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** A batch is larger than a segment of the log may be. */
public class RecordBatchTooLargeException extends InvalidConfigurationException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public RecordBatchTooLargeException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public RecordBatchTooLargeException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public RecordBatchTooLargeException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public RecordBatchTooLargeException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

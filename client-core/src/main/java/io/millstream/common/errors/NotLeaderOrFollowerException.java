package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not lead the partition, or holds no replica of it, any more. */
public class NotLeaderOrFollowerException extends InvalidMetadataException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public NotLeaderOrFollowerException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public NotLeaderOrFollowerException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public NotLeaderOrFollowerException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public NotLeaderOrFollowerException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

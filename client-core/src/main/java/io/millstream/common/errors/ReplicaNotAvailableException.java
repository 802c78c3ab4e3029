package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The replica is not there. */
public class ReplicaNotAvailableException extends InvalidMetadataException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public ReplicaNotAvailableException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public ReplicaNotAvailableException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public ReplicaNotAvailableException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

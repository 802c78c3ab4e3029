package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The offset is no longer on the leader's disk but in the tiered storage. */
public class OffsetMovedToTieredStorageException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public OffsetMovedToTieredStorageException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public OffsetMovedToTieredStorageException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The leader epoch in the request is older than the broker's. */
public class FencedLeaderEpochException extends InvalidMetadataException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public FencedLeaderEpochException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public FencedLeaderEpochException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The partition has no leader at present, for example during an election. */
public class LeaderNotAvailableException extends InvalidMetadataException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public LeaderNotAvailableException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public LeaderNotAvailableException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

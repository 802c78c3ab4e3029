package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The preferred leader of the partition is not there to be elected. */
public class PreferredLeaderNotAvailableException extends InvalidMetadataException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public PreferredLeaderNotAvailableException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public PreferredLeaderNotAvailableException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

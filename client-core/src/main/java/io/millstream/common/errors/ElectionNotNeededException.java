package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The leader that was to be elected leads already. */
public class ElectionNotNeededException extends InvalidMetadataException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public ElectionNotNeededException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public ElectionNotNeededException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

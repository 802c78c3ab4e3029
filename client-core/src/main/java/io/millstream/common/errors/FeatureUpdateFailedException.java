package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The finalized features could not be changed. */
public class FeatureUpdateFailedException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public FeatureUpdateFailedException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public FeatureUpdateFailedException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

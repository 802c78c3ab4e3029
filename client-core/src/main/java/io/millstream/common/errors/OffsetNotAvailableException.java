package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The new leader does not know the high watermark yet. */
public class OffsetNotAvailableException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public OffsetNotAvailableException(@Nullable String message) {
    super(message);
  }
}

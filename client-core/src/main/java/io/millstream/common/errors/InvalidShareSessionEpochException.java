package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The epoch of the share session is not the one the broker expects. */
public class InvalidShareSessionEpochException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidShareSessionEpochException(@Nullable String message) {
    super(message);
  }
}

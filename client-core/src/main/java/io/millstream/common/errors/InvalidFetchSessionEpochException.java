package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The epoch of the fetch session is not the one the broker expects. */
public class InvalidFetchSessionEpochException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public InvalidFetchSessionEpochException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidFetchSessionEpochException(@Nullable String message) {
    super(message);
  }
}

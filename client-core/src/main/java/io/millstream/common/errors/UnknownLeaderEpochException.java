package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The leader epoch in the request is newer than the broker's. */
public class UnknownLeaderEpochException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnknownLeaderEpochException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public UnknownLeaderEpochException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

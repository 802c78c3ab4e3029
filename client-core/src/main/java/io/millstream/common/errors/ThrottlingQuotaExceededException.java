package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The user's quota for changes is used up; try again later. */
public class ThrottlingQuotaExceededException extends RetriableException {

  private static final long serialVersionUID = 1L;

  private final int throttleTimeMs;

  /**
   * Creates the exception with no time to wait.
   *
   * @param message what happened; null for no message
   */
  public ThrottlingQuotaExceededException(@Nullable String message) {
    this(0, message);
  }

  /**
   * Creates the exception.
   *
   * @param throttleTimeMs how long to wait before the next attempt, in milliseconds
   * @param message what happened; null for no message
   */
  public ThrottlingQuotaExceededException(int throttleTimeMs, @Nullable String message) {
    super(message);
    this.throttleTimeMs = throttleTimeMs;
  }

  /** {@return how long to wait before the next attempt, in milliseconds} */
  public int throttleTimeMs() {
    return throttleTimeMs;
  }
}

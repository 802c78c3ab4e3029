package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The coordinator is still loading its state. */
public class CoordinatorLoadInProgressException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public CoordinatorLoadInProgressException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public CoordinatorLoadInProgressException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

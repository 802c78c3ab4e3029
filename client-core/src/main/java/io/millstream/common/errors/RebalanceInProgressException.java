package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The group is being rebalanced; what was asked can be done when {@code poll} has completed it. */
public class RebalanceInProgressException extends ApiException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public RebalanceInProgressException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public RebalanceInProgressException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public RebalanceInProgressException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public RebalanceInProgressException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

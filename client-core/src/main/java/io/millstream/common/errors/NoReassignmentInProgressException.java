package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The replicas of the partition are not being moved, so that nothing can be cancelled. */
public class NoReassignmentInProgressException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public NoReassignmentInProgressException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public NoReassignmentInProgressException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

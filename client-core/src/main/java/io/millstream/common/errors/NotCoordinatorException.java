package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not coordinate the group or transaction any more. */
public class NotCoordinatorException extends RefreshRetriableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public NotCoordinatorException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public NotCoordinatorException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

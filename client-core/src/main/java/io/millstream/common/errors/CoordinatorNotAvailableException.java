package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** There is no coordinator at present. */
public class CoordinatorNotAvailableException extends RefreshRetriableException {

  /** One with a general message, for where nothing more is known. */
  @SuppressWarnings("StaticAssignmentOfThrowable") // a constant of the public API; no stack trace
  public static final CoordinatorNotAvailableException INSTANCE =
      new CoordinatorNotAvailableException("There is no coordinator at present");

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public CoordinatorNotAvailableException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public CoordinatorNotAvailableException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

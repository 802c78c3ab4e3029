package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/**
 * The application has to start over with a new client; trying again with this one does not help.
 */
public abstract class ApplicationRecoverableException extends ApiException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public ApplicationRecoverableException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public ApplicationRecoverableException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public ApplicationRecoverableException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public ApplicationRecoverableException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

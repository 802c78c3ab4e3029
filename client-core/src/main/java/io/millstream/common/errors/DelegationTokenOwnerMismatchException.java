package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The delegation token belongs to another user. */
public class DelegationTokenOwnerMismatchException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public DelegationTokenOwnerMismatchException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public DelegationTokenOwnerMismatchException(
      @Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

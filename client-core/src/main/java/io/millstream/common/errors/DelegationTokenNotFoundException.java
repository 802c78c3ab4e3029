package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The delegation token does not exist at the broker. */
public class DelegationTokenNotFoundException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public DelegationTokenNotFoundException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public DelegationTokenNotFoundException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The user may not do this with the delegation token. */
public class DelegationTokenAuthorizationException extends AuthorizationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public DelegationTokenAuthorizationException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public DelegationTokenAuthorizationException(
      @Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

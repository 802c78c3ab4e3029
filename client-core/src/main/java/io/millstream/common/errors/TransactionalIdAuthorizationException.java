package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The user may not use the transactional id. */
public class TransactionalIdAuthorizationException extends AuthorizationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public TransactionalIdAuthorizationException(@Nullable String message) {
    super(message);
  }
}

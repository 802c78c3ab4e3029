package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The coordinator does not know the transactional id. */
public class TransactionalIdNotFoundException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public TransactionalIdNotFoundException(@Nullable String message) {
    super(message);
  }
}

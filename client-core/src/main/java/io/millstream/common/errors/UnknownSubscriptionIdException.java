package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The subscription for pushing metrics is out of date. */
public class UnknownSubscriptionIdException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnknownSubscriptionIdException(@Nullable String message) {
    super(message);
  }
}

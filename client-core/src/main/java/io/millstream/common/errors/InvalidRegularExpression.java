package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The pattern of a subscription is not a valid RE2/J expression. */
public class InvalidRegularExpression extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidRegularExpression(@Nullable String message) {
    super(message);
  }
}

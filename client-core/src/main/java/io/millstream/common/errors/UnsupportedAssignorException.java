package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The coordinator does not have the assignor that the member named. */
public class UnsupportedAssignorException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnsupportedAssignorException(@Nullable String message) {
    super(message);
  }
}

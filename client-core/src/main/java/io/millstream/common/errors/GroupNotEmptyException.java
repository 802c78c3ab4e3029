package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The group still has members. */
public class GroupNotEmptyException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public GroupNotEmptyException(@Nullable String message) {
    super(message);
  }
}

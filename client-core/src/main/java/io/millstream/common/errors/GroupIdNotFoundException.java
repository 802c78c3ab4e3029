package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The group does not exist. */
public class GroupIdNotFoundException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public GroupIdNotFoundException(@Nullable String message) {
    super(message);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The group has as many members as {@code group.max.size} allows. */
public class GroupMaxSizeReachedException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public GroupMaxSizeReachedException(@Nullable String message) {
    super(message);
  }
}

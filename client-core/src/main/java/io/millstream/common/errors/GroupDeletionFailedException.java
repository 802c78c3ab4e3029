package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The group could not be deleted. */
public class GroupDeletionFailedException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public GroupDeletionFailedException(@Nullable String message) {
    super(message);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** Another member of the group still holds the {@code group.instance.id}. */
public class UnreleasedInstanceIdException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnreleasedInstanceIdException(@Nullable String message) {
    super(message);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker has written the batch before. */
public class DuplicateSequenceException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public DuplicateSequenceException(@Nullable String message) {
    super(message);
  }
}

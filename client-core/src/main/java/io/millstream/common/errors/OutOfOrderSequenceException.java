package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** A batch arrived with a sequence that does not follow the last: one before it is missing. */
public class OutOfOrderSequenceException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public OutOfOrderSequenceException(@Nullable String message) {
    super(message);
  }
}

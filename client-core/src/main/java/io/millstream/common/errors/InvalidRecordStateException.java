package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The record is not in the state that the acknowledgement needs. */
public class InvalidRecordStateException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidRecordStateException(@Nullable String message) {
    super(message);
  }
}

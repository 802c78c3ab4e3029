package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The voter is part of the quorum already. */
public class DuplicateVoterException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public DuplicateVoterException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public DuplicateVoterException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The voter's key does not match the one that receives the request. */
public class InvalidVoterKeyException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidVoterKeyException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InvalidVoterKeyException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

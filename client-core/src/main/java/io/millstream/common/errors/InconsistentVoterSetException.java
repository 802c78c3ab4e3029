package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The set of voters differs from the node's own. */
public class InconsistentVoterSetException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InconsistentVoterSetException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InconsistentVoterSetException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The epoch of the share state is older than the one stored. */
public class FencedStateEpochException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public FencedStateEpochException(@Nullable String message) {
    super(message);
  }
}

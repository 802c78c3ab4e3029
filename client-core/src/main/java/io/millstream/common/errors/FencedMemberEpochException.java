package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The member was fenced by the coordinator and has to join again. */
public class FencedMemberEpochException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public FencedMemberEpochException(@Nullable String message) {
    super(message);
  }
}

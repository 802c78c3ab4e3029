package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The member named an old epoch; its heartbeat brings the new one. */
public class StaleMemberEpochException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public StaleMemberEpochException(@Nullable String message) {
    super(message);
  }
}

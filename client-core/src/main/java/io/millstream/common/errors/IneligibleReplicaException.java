package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The replica may not become in sync. */
public class IneligibleReplicaException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public IneligibleReplicaException(@Nullable String message) {
    super(message);
  }
}

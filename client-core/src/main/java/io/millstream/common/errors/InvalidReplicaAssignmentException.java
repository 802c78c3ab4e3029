package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The assignment of replicas to brokers is not possible. */
public class InvalidReplicaAssignmentException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidReplicaAssignmentException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InvalidReplicaAssignmentException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/**
 * The batch was written, but fewer replicas were in sync than {@code min.insync.replicas} asks for.
 */
public class NotEnoughReplicasAfterAppendException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public NotEnoughReplicasAfterAppendException(@Nullable String message) {
    super(message);
  }
}

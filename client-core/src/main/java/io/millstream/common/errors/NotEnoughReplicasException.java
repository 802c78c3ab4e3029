package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/**
 * Fewer replicas are in sync than {@code min.insync.replicas} asks for, so the batch was not
 * written.
 */
public class NotEnoughReplicasException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public NotEnoughReplicasException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public NotEnoughReplicasException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public NotEnoughReplicasException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public NotEnoughReplicasException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

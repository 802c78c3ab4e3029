package io.millstream.clients.consumer;

import io.millstream.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** An asynchronous commit failed, but may succeed when it is tried again. */
public class RetriableCommitFailedException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param cause why it failed
   */
  public RetriableCommitFailedException(@Nullable Throwable cause) {
    super("The offsets were not committed, but may be when it is tried again", cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public RetriableCommitFailedException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it failed
   */
  public RetriableCommitFailedException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

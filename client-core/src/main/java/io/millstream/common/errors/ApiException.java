package io.millstream.common.errors;

import io.millstream.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** An error that the protocol names. It has no stack trace, since it tells of the broker's side. */
public class ApiException extends KafkaException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public ApiException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public ApiException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public ApiException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public ApiException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Takes no stack trace. */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}

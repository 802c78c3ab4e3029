package io.millstream.common.errors;

import io.millstream.common.KafkaException;

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
   * @param message what happened
   */
  public ApiException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened
   */
  public ApiException(Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened
   * @param cause why it happened
   */
  public ApiException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}

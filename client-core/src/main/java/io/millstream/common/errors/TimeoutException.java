package io.millstream.common.errors;

/** The time for an operation was over before it was done. */
public class TimeoutException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what went wrong
   */
  public TimeoutException(String message) {
    super(message);
  }
}

package io.millstream.common.errors;

/** The connection to a broker was lost, or did not come about. */
public class DisconnectException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what went wrong
   */
  public DisconnectException(String message) {
    super(message);
  }
}

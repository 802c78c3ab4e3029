package io.millstream.common.errors;

/** A failure of the moment: the same operation may succeed when tried again. */
public abstract class RetriableException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what went wrong
   */
  protected RetriableException(String message) {
    super(message);
  }
}

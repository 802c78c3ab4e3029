package io.millstream.common.errors;

/** The authorizer of the broker is still starting. */
public class AuthorizerNotReadyException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public AuthorizerNotReadyException() {
    super();
  }
}

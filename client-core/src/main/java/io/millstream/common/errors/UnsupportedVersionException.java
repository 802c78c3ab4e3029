package io.millstream.common.errors;

/** The broker, or this client, does not have the version of an API that would be needed. */
public class UnsupportedVersionException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was needed and what there is
   */
  public UnsupportedVersionException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what was needed and what there is
   * @param cause why
   */
  public UnsupportedVersionException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not have the kind of endpoint that was asked for. */
public class UnsupportedEndpointTypeException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnsupportedEndpointTypeException(@Nullable String message) {
    super(message);
  }
}

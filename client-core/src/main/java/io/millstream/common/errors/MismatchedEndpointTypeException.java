package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/**
 * The request went to an endpoint of another kind, for example to a controller in place of a
 * broker.
 */
public class MismatchedEndpointTypeException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public MismatchedEndpointTypeException(@Nullable String message) {
    super(message);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The topology of the streams application is not valid. */
public class StreamsInvalidTopologyException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public StreamsInvalidTopologyException(@Nullable String message) {
    super(message);
  }
}

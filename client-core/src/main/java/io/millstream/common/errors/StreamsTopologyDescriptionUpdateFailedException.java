package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker could not store the description of the topology. */
public class StreamsTopologyDescriptionUpdateFailedException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public StreamsTopologyDescriptionUpdateFailedException(@Nullable String message) {
    super(message);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The epoch of the topology is not valid. */
public class StreamsInvalidTopologyEpochException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public StreamsInvalidTopologyEpochException(@Nullable String message) {
    super(message);
  }
}

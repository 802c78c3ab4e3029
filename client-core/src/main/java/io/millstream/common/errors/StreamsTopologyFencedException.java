package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The topology of the member is older than the group's. */
public class StreamsTopologyFencedException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public StreamsTopologyFencedException(@Nullable String message) {
    super(message);
  }
}

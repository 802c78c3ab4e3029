package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The metrics that the client pushed are larger than the broker accepts. */
public class TelemetryTooLargeException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public TelemetryTooLargeException(@Nullable String message) {
    super(message);
  }
}

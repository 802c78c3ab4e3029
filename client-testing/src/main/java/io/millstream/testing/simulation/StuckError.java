package io.millstream.testing.simulation;

/** A wait in a simulation that did not end, or would never end. The text has the last events. */
public final class StuckError extends AssertionError {

  private static final long serialVersionUID = 1L;

  StuckError(String message) {
    super(message);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The epoch of the producer is older than the one the broker knows. */
public class InvalidProducerEpochException extends ApplicationRecoverableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidProducerEpochException(@Nullable String message) {
    super(message);
  }
}

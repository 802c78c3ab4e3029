package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker has no records of the producer left, so that it does not know its sequence. */
public class UnknownProducerIdException extends OutOfOrderSequenceException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnknownProducerIdException(@Nullable String message) {
    super(message);
  }
}

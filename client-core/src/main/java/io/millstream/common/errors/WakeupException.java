package io.millstream.common.errors;

import io.millstream.common.KafkaException;

/** A call of the consumer was ended by {@code wakeup()}. */
public class WakeupException extends KafkaException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public WakeupException() {
    super();
  }
}

package io.millstream.common;

import org.jspecify.annotations.Nullable;

/** What everything that goes wrong between a client and a Kafka cluster extends. */
public class KafkaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public KafkaException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened
   */
  public KafkaException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened
   */
  public KafkaException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened
   * @param cause why it happened
   */
  public KafkaException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

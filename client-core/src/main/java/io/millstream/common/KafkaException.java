package io.millstream.common;

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
  public KafkaException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened
   */
  public KafkaException(Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened
   * @param cause why it happened
   */
  public KafkaException(String message, Throwable cause) {
    super(message, cause);
  }
}

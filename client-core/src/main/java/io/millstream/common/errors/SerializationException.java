package io.millstream.common.errors;

import io.millstream.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** A key or a value could not be turned into bytes or back. */
public class SerializationException extends KafkaException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public SerializationException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public SerializationException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public SerializationException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public SerializationException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import io.millstream.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** None of the names in {@code bootstrap.servers} could be resolved in time. */
public class BootstrapResolutionException extends KafkaException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public BootstrapResolutionException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public BootstrapResolutionException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

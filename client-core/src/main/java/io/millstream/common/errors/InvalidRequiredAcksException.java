package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The setting {@code acks} has a value the broker does not accept. */
public class InvalidRequiredAcksException extends InvalidConfigurationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidRequiredAcksException(@Nullable String message) {
    super(message);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** A setting at the broker, or one sent to it, is not valid. */
public class InvalidConfigurationException extends ApiException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public InvalidConfigurationException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidConfigurationException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public InvalidConfigurationException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InvalidConfigurationException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

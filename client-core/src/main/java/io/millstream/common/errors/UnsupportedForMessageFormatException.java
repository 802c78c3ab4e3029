package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The record format of the topic is too old for what was asked. */
public class UnsupportedForMessageFormatException extends InvalidConfigurationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnsupportedForMessageFormatException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public UnsupportedForMessageFormatException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

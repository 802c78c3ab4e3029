package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker, or this client, does not have the version of an API that would be needed. */
public class UnsupportedVersionException extends InvalidConfigurationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnsupportedVersionException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public UnsupportedVersionException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The version of the update is not the one the controller expects. */
public class InvalidUpdateVersionException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidUpdateVersionException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InvalidUpdateVersionException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

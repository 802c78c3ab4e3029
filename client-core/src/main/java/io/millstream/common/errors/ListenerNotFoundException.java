package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The leader has no listener of the name that this client connected to. */
public class ListenerNotFoundException extends InvalidMetadataException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public ListenerNotFoundException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public ListenerNotFoundException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

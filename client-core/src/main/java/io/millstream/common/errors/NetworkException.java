package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/**
 * The connection was lost before the answer came, so that it is not known whether the request was
 * carried out.
 */
public class NetworkException extends InvalidMetadataException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public NetworkException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public NetworkException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public NetworkException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public NetworkException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

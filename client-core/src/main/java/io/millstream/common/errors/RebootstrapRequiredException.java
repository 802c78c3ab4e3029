package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker tells the client to begin again with {@code bootstrap.servers}. */
public class RebootstrapRequiredException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public RebootstrapRequiredException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public RebootstrapRequiredException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

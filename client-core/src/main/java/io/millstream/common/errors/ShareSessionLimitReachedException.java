package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker holds as many share sessions as it may. */
public class ShareSessionLimitReachedException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public ShareSessionLimitReachedException(@Nullable String message) {
    super(message);
  }
}

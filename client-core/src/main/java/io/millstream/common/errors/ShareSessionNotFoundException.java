package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not know the share session. */
public class ShareSessionNotFoundException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public ShareSessionNotFoundException(@Nullable String message) {
    super(message);
  }
}

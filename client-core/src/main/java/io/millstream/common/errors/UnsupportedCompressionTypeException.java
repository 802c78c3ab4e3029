package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker or the topic does not support the compression. */
public class UnsupportedCompressionTypeException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnsupportedCompressionTypeException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public UnsupportedCompressionTypeException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** What the client knows of the cluster is out of date; it fetches metadata and tries again. */
public abstract class InvalidMetadataException extends RefreshRetriableException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  protected InvalidMetadataException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  protected InvalidMetadataException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  protected InvalidMetadataException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  protected InvalidMetadataException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

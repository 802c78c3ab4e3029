package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker met a disk error while it worked on the partition. */
public class KafkaStorageException extends InvalidMetadataException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public KafkaStorageException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public KafkaStorageException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public KafkaStorageException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public KafkaStorageException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

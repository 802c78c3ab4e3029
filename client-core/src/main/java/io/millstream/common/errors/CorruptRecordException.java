package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** A record or batch does not match its checksum or breaks its format. */
public class CorruptRecordException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public CorruptRecordException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public CorruptRecordException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public CorruptRecordException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public CorruptRecordException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

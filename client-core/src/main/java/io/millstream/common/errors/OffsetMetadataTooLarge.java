package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The text that goes with a committed offset is longer than the broker allows. */
public class OffsetMetadataTooLarge extends ApiException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public OffsetMetadataTooLarge() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public OffsetMetadataTooLarge(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public OffsetMetadataTooLarge(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public OffsetMetadataTooLarge(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

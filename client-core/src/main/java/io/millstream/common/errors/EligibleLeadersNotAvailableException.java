package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** No replica that may become leader of the partition is there. */
public class EligibleLeadersNotAvailableException extends InvalidMetadataException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public EligibleLeadersNotAvailableException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public EligibleLeadersNotAvailableException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

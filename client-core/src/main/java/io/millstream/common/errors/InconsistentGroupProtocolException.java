package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/**
 * The member's assignors have none in common with those of the group, or it joined as another type
 * of group.
 */
public class InconsistentGroupProtocolException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InconsistentGroupProtocolException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InconsistentGroupProtocolException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The coordinator gave the member an id, with which it has to join. */
public class MemberIdRequiredException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public MemberIdRequiredException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public MemberIdRequiredException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

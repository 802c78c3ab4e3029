package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The coordinator does not know the member: it was removed from the group. */
public class UnknownMemberIdException extends ApplicationRecoverableException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public UnknownMemberIdException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnknownMemberIdException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public UnknownMemberIdException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public UnknownMemberIdException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

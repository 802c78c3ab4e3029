package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** Another member with the same {@code group.instance.id} took over. */
public class FencedInstanceIdException extends ApplicationRecoverableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public FencedInstanceIdException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public FencedInstanceIdException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

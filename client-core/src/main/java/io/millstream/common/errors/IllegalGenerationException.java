package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The generation of the group that the member named is over. */
public class IllegalGenerationException extends ApplicationRecoverableException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public IllegalGenerationException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public IllegalGenerationException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public IllegalGenerationException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public IllegalGenerationException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

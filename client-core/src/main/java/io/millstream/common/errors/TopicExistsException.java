package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** A topic of that name exists already. */
public class TopicExistsException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public TopicExistsException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public TopicExistsException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

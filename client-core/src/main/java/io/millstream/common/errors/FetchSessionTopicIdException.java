package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The fetch session and the request disagree on whether topic ids are used. */
public class FetchSessionTopicIdException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public FetchSessionTopicIdException(@Nullable String message) {
    super(message);
  }
}

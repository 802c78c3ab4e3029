package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker has the deletion of topics switched off. */
public class TopicDeletionDisabledException extends ApiException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public TopicDeletionDisabledException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public TopicDeletionDisabledException(@Nullable String message) {
    super(message);
  }
}

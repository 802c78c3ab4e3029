package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The group is subscribed to the topic, so its offsets cannot be deleted. */
public class GroupSubscribedToTopicException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public GroupSubscribedToTopicException(@Nullable String message) {
    super(message);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not know the id of the topic. */
public class UnknownTopicIdException extends InvalidMetadataException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnknownTopicIdException(@Nullable String message) {
    super(message);
  }
}

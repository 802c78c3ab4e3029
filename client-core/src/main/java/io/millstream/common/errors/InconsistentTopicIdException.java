package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The topic has another id than the one in the request: it was deleted and created again. */
public class InconsistentTopicIdException extends InvalidMetadataException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InconsistentTopicIdException(@Nullable String message) {
    super(message);
  }
}

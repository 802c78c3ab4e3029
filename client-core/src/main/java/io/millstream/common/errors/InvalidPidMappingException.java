package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The coordinator does not know the producer id of the transactional id, or knows another. */
public class InvalidPidMappingException extends ApplicationRecoverableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidPidMappingException(@Nullable String message) {
    super(message);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** Offsets of a transaction that is still open stand before the ones asked for. */
public class UnstableOffsetCommitException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnstableOffsetCommitException(@Nullable String message) {
    super(message);
  }
}

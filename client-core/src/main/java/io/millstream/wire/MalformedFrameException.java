package io.millstream.wire;

/**
 * Bytes that are not what the Kafka protocol says they must be: truncated, of a wrong length, or
 * with a field outside of its range. The only exception the readers of this library raise for bad
 * input; it never means that the connection broke.
 */
public final class MalformedFrameException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was read, what was expected, and where
   */
  public MalformedFrameException(String message) {
    super(message);
  }

  /**
   * Creates the exception for input that a decoder refused.
   *
   * @param message what was read, what was expected, and where
   * @param cause what the decoder said
   */
  public MalformedFrameException(String message, Throwable cause) {
    super(message, cause);
  }
}

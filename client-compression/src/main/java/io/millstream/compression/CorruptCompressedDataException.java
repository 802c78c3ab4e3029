package io.millstream.compression;

/**
 * Compressed bytes that are not what their format says they must be. The only exception, with its
 * subclass, that reading compressed bytes raises for bad input.
 */
public class CorruptCompressedDataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message which codec, what was found and what was expected
   */
  public CorruptCompressedDataException(String message) {
    super(message);
  }

  /**
   * Creates the exception for input that a library refused.
   *
   * @param message which codec and what was refused
   * @param cause what the library said
   */
  public CorruptCompressedDataException(String message, Throwable cause) {
    super(message, cause);
  }
}

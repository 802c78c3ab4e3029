package io.millstream.record;

/**
 * Bytes that are not the batch they should be. The only exception that the readers of this package
 * raise for bad input; who knows topic and partition adds them.
 */
public final class CorruptBatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with a batch. */
  public enum Reason {
    /** The length field has a value that no batch has. */
    WRONG_LENGTH,
    /** The format is not known to this client. */
    UNKNOWN_FORMAT,
    /** The bytes were changed after the batch was written. */
    BAD_CHECKSUM,
    /** The codec is not known, or the bytes are not what the codec wrote. */
    CANNOT_DECOMPRESS,
    /** It would become more bytes than allowed when decompressed. */
    TOO_LARGE,
    /** A record is not encoded as it must be, or there are fewer or more of them than announced. */
    BAD_RECORD
  }

  private final long baseOffset;
  private final Reason reason;

  CorruptBatchException(long baseOffset, Reason reason, String message) {
    super(describe(baseOffset, message));
    this.baseOffset = baseOffset;
    this.reason = reason;
  }

  CorruptBatchException(long baseOffset, Reason reason, String message, Throwable cause) {
    super(describe(baseOffset, message), cause);
    this.baseOffset = baseOffset;
    this.reason = reason;
  }

  private static String describe(long baseOffset, String message) {
    return "the batch at offset " + baseOffset + " is corrupt: " + message;
  }

  /**
   * What stands in the batch's field for its base offset.
   *
   * @return an offset, which is as reliable as the batch is
   */
  public long baseOffset() {
    return baseOffset;
  }

  /**
   * What is wrong.
   *
   * @return never null
   */
  public Reason reason() {
    return reason;
  }
}

package io.millstream.compression;

/** Compressed bytes that would become more bytes than the reader allows. */
public final class DecompressedTooLargeException extends CorruptCompressedDataException {

  private static final long serialVersionUID = 1L;

  private final long maxOutputBytes;

  /**
   * Creates the exception.
   *
   * @param codec the codec of the bytes
   * @param maxOutputBytes the bound that was met
   */
  public DecompressedTooLargeException(Codec codec, long maxOutputBytes) {
    super(
        codec.codecName()
            + " data of more than "
            + maxOutputBytes
            + " bytes when decompressed, which is the bound");
    this.maxOutputBytes = maxOutputBytes;
  }

  /**
   * The bound that was met.
   *
   * @return a number of bytes
   */
  public long maxOutputBytes() {
    return maxOutputBytes;
  }
}

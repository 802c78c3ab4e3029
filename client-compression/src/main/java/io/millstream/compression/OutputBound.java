package io.millstream.compression;

/** How many bytes may still come out of one input. */
final class OutputBound {

  private final Codec codec;
  private final long maxOutputBytes;
  private long left;

  OutputBound(Codec codec, long maxOutputBytes) {
    this.codec = codec;
    this.maxOutputBytes = maxOutputBytes;
    left = maxOutputBytes;
  }

  void restart() {
    left = maxOutputBytes;
  }

  /** Refuses to put out so many bytes more, before memory is taken for them. */
  void check(long bytes) {
    if (bytes > left) {
      throw new DecompressedTooLargeException(codec, maxOutputBytes);
    }
  }

  /** Counts bytes that came out. */
  void count(long bytes) {
    check(bytes);
    left -= bytes;
  }
}

package io.millstream.compression;

/**
 * The framing of snappy-java's streams, which is not the one that Snappy's authors defined later:
 *
 * <pre>
 *   82 'S' 'N' 'A' 'P' 'P' 'Y' 00    mark
 *   int32   version, 1
 *   int32   least version that can read it, 1
 *   blocks: int32 n, n bytes of raw Snappy     (big endian; where a mark stands in place of a
 *                                               length, another stream begins)
 * </pre>
 */
final class SnappyFraming {

  static final int HEADER_BYTES = 16;

  /** The mark as a number. */
  static final long MARK = 0x82534e4150505900L;

  /** The first four bytes of the mark; no block has such a length. */
  static final int MARK_START = (int) (MARK >>> 32);

  /**
   * Raw Snappy puts out at most 64 bytes for an element of two bytes or more, so no input grows by
   * more than this factor.
   */
  static final int GREATEST_GROWTH = 32;

  private static final byte[] HEADER = {
    (byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0, 0, 0, 0, 1, 0, 0, 0, 1
  };

  private SnappyFraming() {}

  static byte[] header() {
    return HEADER.clone();
  }
}

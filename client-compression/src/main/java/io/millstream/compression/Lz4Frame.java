package io.millstream.compression;

/**
 * The LZ4 frame format 1.5 and later, little endian, as far as Kafka uses it:
 *
 * <pre>
 *   int32   184D2204                      magic
 *   byte    01ib sc0d                     flags: 01 version, i blocks are independent, b block
 *                                         checksums, s content size, c content checksum, d dictionary
 *   byte    0nnn 0000                     largest block: 4 = 64 KiB, 5 = 256 KiB, 6 = 1 MiB, 7 = 4 MiB
 *   int64   content size                  if s
 *   byte    checksum                      second byte of xxHash32 of the header from the flags on
 *   blocks: int32 n, n bytes              top bit of n set: stored, not compressed
 *           int32 checksum                if b; xxHash32 of the n bytes
 *   int32   0                             end
 *   int32   checksum                      if c; xxHash32 of the content
 * </pre>
 *
 * Kafka's clients once hashed the magic, too, for the header's checksum, and go on to do so within
 * message sets of magic 0.
 */
final class Lz4Frame {

  static final int MAGIC = 0x184D2204;
  static final int VERSION_MASK = 0xc0;
  static final int VERSION = 0x40;
  static final int BLOCKS_INDEPENDENT = 0x20;
  static final int BLOCK_CHECKSUMS = 0x10;
  static final int CONTENT_SIZE = 0x08;
  static final int CONTENT_CHECKSUM = 0x04;
  static final int RESERVED_FLAGS = 0x02;
  static final int DICTIONARY = 0x01;
  static final int STORED = 0x80000000;
  static final int RESERVED_SIZE_BITS = 0x8f;
  static final byte BLOCKS_OF_64_KIB = 4 << 4;

  /**
   * One byte of a compressed block adds at most 255 bytes of output, so no block grows by more than
   * this factor.
   */
  static final int GREATEST_GROWTH = 255;

  private Lz4Frame() {}
}

package io.millstream.record;

import java.util.zip.CRC32C;

/**
 * The CRC-32C of two runs of bytes from that of each, without reading a byte again: the header of a
 * batch comes last and changes with each attempt, and stands before the records.
 */
final class JoinedChecksum {

  /*
   * A checksum is a polynomial over GF(2) modulo that of CRC-32C, its highest bit the coefficient
   * of x^0. Bytes behind those of a checksum multiply it by x^8 each; what they add themselves is
   * their own checksum. POWERS has x^8 to the power of each byte of a length, by its place.
   */

  /** The polynomial of CRC-32C (RFC 3720, B.4), reflected, without x^32. */
  private static final int POLYNOMIAL = 0x82f63b78;

  private static final int ONE = 1 << 31;
  private static final int ONE_BYTE = ONE >>> Byte.SIZE;
  private static final int BYTE_VALUES = 1 << Byte.SIZE;
  private static final int[][] POWERS = powers();

  private JoinedChecksum() {}

  /**
   * Joins two checksums.
   *
   * @param first as {@link CRC32C#getValue} gives it, of the bytes before
   * @param second that of the bytes behind
   * @param secondBytes how many those are, 0 or more
   * @return the checksum of all
   */
  static int of(int first, int second, int secondBytes) {
    int joined = first;
    int left = secondBytes;
    for (int place = 0; left != 0; place++) {
      int power = left & (BYTE_VALUES - 1);
      if (power != 0) {
        joined = product(joined, POWERS[place][power]);
      }
      left >>>= Byte.SIZE;
    }
    return joined ^ second;
  }

  private static int[][] powers() {
    int[][] powers = new int[Integer.BYTES][BYTE_VALUES];
    int step = ONE_BYTE;
    for (int[] place : powers) {
      place[0] = ONE;
      for (int i = 1; i < BYTE_VALUES; i++) {
        place[i] = product(place[i - 1], step);
      }
      step = product(place[BYTE_VALUES - 1], step);
    }
    return powers;
  }

  private static int product(int one, int other) {
    int sum = 0;
    int shifted = other;
    for (int rest = one; rest != 0; rest <<= 1) {
      // All ones where the bit is set: a branch would be guessed wrong half the time.
      sum ^= shifted & (rest >> 31);
      shifted = (shifted >>> 1) ^ (POLYNOMIAL & -(shifted & 1));
    }
    return sum;
  }
}

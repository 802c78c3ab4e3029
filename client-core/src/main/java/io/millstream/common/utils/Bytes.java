package io.millstream.common.utils;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bytes that are compared by content, byte by byte without sign, and so can be keys of a map. */
public class Bytes implements Comparable<Bytes> {

  /** No bytes. */
  public static final byte[] EMPTY = new byte[0];

  /** Compares arrays byte by byte without sign; of two where one begins the other, it is less. */
  public static final ByteArrayComparator BYTES_LEXICO_COMPARATOR = new Lexicographic();

  private final byte[] bytes;

  // Zero until computed; computing it twice does no harm.
  private int hashCode;

  /**
   * Wraps bytes, without a copy.
   *
   * @param bytes what to wrap
   */
  public Bytes(byte[] bytes) {
    this.bytes = Objects.requireNonNull(bytes, "bytes");
  }

  /**
   * Wraps bytes, without a copy.
   *
   * @param bytes what to wrap, or null
   * @return the wrapped bytes, or null for null
   */
  public static @Nullable Bytes wrap(byte @Nullable [] bytes) {
    return bytes == null ? null : new Bytes(bytes);
  }

  /** {@return the bytes; not a copy} */
  public byte[] get() {
    return bytes;
  }

  @Override
  public int hashCode() {
    if (hashCode == 0) {
      hashCode = Arrays.hashCode(bytes);
    }
    return hashCode;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Bytes that && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int compareTo(Bytes that) {
    return BYTES_LEXICO_COMPARATOR.compare(bytes, that.bytes);
  }

  /** Returns the bytes, those that are no printable ASCII as {@code \xHH}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      if (b >= ' ' && b <= '~' && b != '\\') {
        text.append((char) b);
      } else {
        text.append(String.format("\\x%02X", b));
      }
    }
    return text.toString();
  }

  /**
   * Adds one to bytes read as an unsigned big-endian number of fixed length.
   *
   * @param input the number
   * @return the next, of the same length
   * @throws IndexOutOfBoundsException if there is none of that length
   */
  public static Bytes increment(Bytes input) throws IndexOutOfBoundsException {
    byte[] next = input.bytes.clone();
    for (int i = next.length - 1; i >= 0; i--) {
      next[i]++;
      if (next[i] != 0) {
        return new Bytes(next);
      }
    }
    throw new IndexOutOfBoundsException("No higher bytes of length " + next.length);
  }

  /** Compares arrays of bytes, and ranges of them. */
  public interface ByteArrayComparator extends Comparator<byte[]>, Serializable {

    /**
     * Compares two ranges.
     *
     * @param buffer1 the first array
     * @param offset1 where the first range begins
     * @param length1 how many bytes it has
     * @param buffer2 the second array
     * @param offset2 where the second range begins
     * @param length2 how many bytes it has
     * @return below, at or above zero as the first is less, equal or greater
     */
    int compare(byte[] buffer1, int offset1, int length1, byte[] buffer2, int offset2, int length2);
  }

  private static final class Lexicographic implements ByteArrayComparator {

    private static final long serialVersionUID = 1L;

    @Override
    public int compare(byte[] first, byte[] second) {
      return Arrays.compareUnsigned(first, second);
    }

    @Override
    public int compare(
        byte[] buffer1, int offset1, int length1, byte[] buffer2, int offset2, int length2) {
      return Arrays.compareUnsigned(
          buffer1, offset1, offset1 + length1, buffer2, offset2, offset2 + length2);
    }
  }
}

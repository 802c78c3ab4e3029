package io.millstream.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Integers of variable length: seven bits in each byte, lowest first, the top bit set where another
 * byte follows. The signed forms are zigzag encoded, as in records of magic 2; the unsigned form is
 * that of KIP-482. Without state, so any thread may use it.
 *
 * <p>Readers refuse more bytes, or higher bits, than the type can hold.
 */
public final class Varint {

  /** The most bytes that a {@code int} takes. */
  public static final int MAX_INT_BYTES = 5;

  /** The most bytes that a {@code long} takes. */
  public static final int MAX_LONG_BYTES = 10;

  private Varint() {}

  /**
   * Says how many bytes an unsigned value takes.
   *
   * @param value the value, read as unsigned
   * @return 1 to 5
   */
  public static int sizeOfUnsigned(int value) {
    return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }

  /**
   * Says how many bytes a signed value takes.
   *
   * @param value the value
   * @return 1 to 5
   */
  public static int sizeOf(int value) {
    return sizeOfUnsigned(zigzag(value));
  }

  /**
   * Says how many bytes a signed value takes.
   *
   * @param value the value
   * @return 1 to 10
   */
  public static int sizeOf(long value) {
    return (70 - Long.numberOfLeadingZeros(zigzag(value) | 1)) / 7;
  }

  /**
   * Puts an unsigned value at the position of a buffer.
   *
   * @param value the value, read as unsigned
   * @param out where to; must have {@link #sizeOfUnsigned} bytes left
   */
  public static void putUnsigned(int value, ByteBuffer out) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  /**
   * Puts a signed value at the position of a buffer.
   *
   * @param value the value
   * @param out where to; must have {@link #sizeOf(int)} bytes left
   */
  public static void put(int value, ByteBuffer out) {
    putUnsigned(zigzag(value), out);
  }

  /**
   * Puts a signed value at the position of a buffer.
   *
   * @param value the value
   * @param out where to; must have {@link #sizeOf(long)} bytes left
   */
  public static void put(long value, ByteBuffer out) {
    long rest = zigzag(value);
    while ((rest & ~0x7fL) != 0) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  /**
   * Reads an unsigned value at the position of a buffer.
   *
   * @param in where from
   * @return the value, to be read as unsigned
   * @throws MalformedFrameException if it is cut off or does not fit 32 bits
   */
  public static int getUnsigned(ByteBuffer in) {
    try {
      int next = in.get();
      if (next >= 0) {
        return next;
      }
      int value = next & 0x7f;
      for (int shift = 7; shift < 28; shift += 7) {
        next = in.get();
        value |= (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
      next = in.get();
      if ((next & ~0x0f) != 0) {
        throw new MalformedFrameException(
            "a variable-length integer before byte " + in.position() + " exceeds 32 bits");
      }
      return value | next << 28;
    } catch (BufferUnderflowException e) {
      throw cutOff(in, e);
    }
  }

  /**
   * Reads a signed value at the position of a buffer.
   *
   * @param in where from
   * @return the value
   * @throws MalformedFrameException if it is cut off or does not fit 32 bits
   */
  public static int getInt(ByteBuffer in) {
    int encoded = getUnsigned(in);
    return encoded >>> 1 ^ -(encoded & 1);
  }

  /**
   * Reads a signed value at the position of a buffer.
   *
   * @param in where from
   * @return the value
   * @throws MalformedFrameException if it is cut off or does not fit 64 bits
   */
  public static long getLong(ByteBuffer in) {
    try {
      long encoded = 0;
      for (int shift = 0; shift < 63; shift += 7) {
        long next = in.get();
        encoded |= (next & 0x7f) << shift;
        if (next >= 0) {
          return encoded >>> 1 ^ -(encoded & 1);
        }
      }
      long next = in.get();
      if ((next & ~1L) != 0) {
        throw new MalformedFrameException(
            "a variable-length integer before byte " + in.position() + " exceeds 64 bits");
      }
      encoded |= next << 63;
      return encoded >>> 1 ^ -(encoded & 1);
    } catch (BufferUnderflowException e) {
      throw cutOff(in, e);
    }
  }

  private static int zigzag(int value) {
    return value << 1 ^ value >> 31;
  }

  private static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  private static MalformedFrameException cutOff(ByteBuffer in, BufferUnderflowException cause) {
    return new MalformedFrameException(
        "a variable-length integer is cut off at byte " + in.limit(), cause);
  }
}

package io.millstream.wire;

import io.millstream.common.Uuid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the primitive types of the Kafka protocol from one frame. Every failure is a {@link
 * MalformedFrameException}; nothing is allocated for a length that the frame does not hold. For one
 * thread at a time; never blocks.
 *
 * <p>Where a method takes {@code compact}, true means the encoding of flexible versions (KIP-482):
 * the length plus one as an unsigned varint, zero for null.
 */
public final class WireReader {

  private final ByteBuffer frame;

  /**
   * Creates a reader from the position to the limit of a buffer. The buffer itself does not move,
   * and its content must not change while slices of it are in use.
   *
   * @param frame the bytes
   */
  public WireReader(ByteBuffer frame) {
    this.frame = frame.slice().order(ByteOrder.BIG_ENDIAN);
  }

  /** Returns a reader of what is left here, which moves by itself. */
  public WireReader fork() {
    return new WireReader(frame);
  }

  /** Returns how many bytes are left. */
  public int remaining() {
    return frame.remaining();
  }

  /** Returns how many bytes were read. */
  public int position() {
    return frame.position();
  }

  /** Reads one signed byte. */
  public byte readByte() {
    require(1, "an int8");
    return frame.get();
  }

  /** Reads one byte; every value but zero is true, as in Apache's readers. */
  public boolean readBoolean() {
    require(1, "a boolean");
    return frame.get() != 0;
  }

  /** Reads a signed 16-bit integer. */
  public short readShort() {
    require(2, "an int16");
    return frame.getShort();
  }

  /** Reads an unsigned 16-bit integer. */
  public int readUnsignedShort() {
    require(2, "a uint16");
    return frame.getShort() & 0xffff;
  }

  /** Reads a signed 32-bit integer. */
  public int readInt() {
    require(4, "an int32");
    return frame.getInt();
  }

  /** Reads an unsigned 32-bit integer. */
  public long readUnsignedInt() {
    require(4, "a uint32");
    return frame.getInt() & 0xffffffffL;
  }

  /** Reads a signed 64-bit integer. */
  public long readLong() {
    require(8, "an int64");
    return frame.getLong();
  }

  /** Reads a 64-bit floating-point number. */
  public double readDouble() {
    require(8, "a float64");
    return frame.getDouble();
  }

  /** Reads an unsigned varint; a value beyond {@link Integer#MAX_VALUE} comes out negative. */
  public int readUnsignedVarint() {
    return Varint.getUnsigned(frame);
  }

  /** Reads a zigzag varint of 32 bits. */
  public int readVarint() {
    return Varint.getInt(frame);
  }

  /** Reads a zigzag varint of 64 bits. */
  public long readVarlong() {
    return Varint.getLong(frame);
  }

  /** Reads 16 bytes as a UUID. */
  public Uuid readUuid() {
    require(16, "a uuid");
    long most = frame.getLong();
    long least = frame.getLong();
    return most == 0 && least == 0 ? Uuid.ZERO_UUID : new Uuid(most, least);
  }

  /**
   * Reads a string that may not be null.
   *
   * @param compact whether its length is encoded as in flexible versions
   * @return the string; bytes that are not UTF-8 become replacement characters
   */
  public String readString(boolean compact) {
    return notNull(readNullableString(compact), "string");
  }

  /**
   * Reads a string that may be null.
   *
   * @param compact whether its length is encoded as in flexible versions
   * @return the string or null; bytes that are not UTF-8 become replacement characters
   */
  public @Nullable String readNullableString(boolean compact) {
    int length = checkedLength(compact ? readUnsignedVarint() - 1 : readShort(), "a string");
    return length < 0 ? null : decode(length);
  }

  /**
   * Reads bytes that may not be null.
   *
   * @param compact whether their length is encoded as in flexible versions
   * @return a read-only copy, which outlives the frame
   */
  public ByteBuffer readBytes(boolean compact) {
    return notNull(readNullableBytes(compact), "bytes");
  }

  /**
   * Reads bytes that may be null.
   *
   * @param compact whether their length is encoded as in flexible versions
   * @return a read-only copy, which outlives the frame, or null
   */
  public @Nullable ByteBuffer readNullableBytes(boolean compact) {
    int length = readBytesLength(compact);
    if (length < 0) {
      return null;
    }
    byte[] copy = new byte[length];
    frame.get(copy);
    return ByteBuffer.wrap(copy).asReadOnlyBuffer();
  }

  /**
   * Reads records that may not be null.
   *
   * @param compact whether their length is encoded as in flexible versions
   * @return a slice of the frame, not a copy
   */
  public ByteBuffer readRecords(boolean compact) {
    return notNull(readNullableRecords(compact), "records");
  }

  /**
   * Reads records that may be null.
   *
   * @param compact whether their length is encoded as in flexible versions
   * @return a slice of the frame, not a copy, or null
   */
  public @Nullable ByteBuffer readNullableRecords(boolean compact) {
    int length = readBytesLength(compact);
    return length < 0 ? null : slice(length);
  }

  /**
   * Reads the length in front of bytes or records and checks that they are there.
   *
   * @param compact whether it is encoded as in flexible versions
   * @return the length, or -1 for null
   */
  public int readBytesLength(boolean compact) {
    return checkedLength(compact ? readUnsignedVarint() - 1 : readInt(), "bytes");
  }

  /**
   * Steps over bytes and returns them without a copy.
   *
   * @param length how many
   * @return a big-endian slice that shares the frame's content
   */
  public ByteBuffer slice(int length) {
    require(length, "a slice");
    ByteBuffer slice = frame.slice(frame.position(), length);
    frame.position(frame.position() + length);
    return slice;
  }

  /**
   * Steps over bytes.
   *
   * @param length how many
   */
  public void skip(int length) {
    require(length, "skipped bytes");
    frame.position(frame.position() + length);
  }

  /**
   * Reads the length of an array and checks that so many elements can be there.
   *
   * @param compact whether it is encoded as in flexible versions
   * @param leastElementBytes the fewest bytes one element takes, at least 1
   * @return the number of elements, or -1 for null
   */
  public int readArrayLength(boolean compact, int leastElementBytes) {
    int length = compact ? readUnsignedVarint() - 1 : readInt();
    if (length < -1 || length > frame.remaining() / leastElementBytes) {
      throw new MalformedFrameException(
          "an array before byte %d claims %d elements of at least %d bytes, and %d bytes are left"
              .formatted(frame.position(), length, leastElementBytes, frame.remaining()));
    }
    return length;
  }

  /**
   * As {@link #readArrayLength}, for an array that may not be null.
   *
   * @param compact whether it is encoded as in flexible versions
   * @param leastElementBytes the fewest bytes one element takes, at least 1
   * @return the number of elements
   */
  public int readNonNullArrayLength(boolean compact, int leastElementBytes) {
    int length = readArrayLength(compact, leastElementBytes);
    if (length < 0) {
      throw unexpectedNull("array");
    }
    return length;
  }

  /** Reads how many tagged fields follow; each takes at least two bytes. */
  public int readTagCount() {
    int count = readUnsignedVarint();
    if (count < 0 || count > frame.remaining() / 2) {
      throw new MalformedFrameException(
          "%d tagged fields are claimed before byte %d, and %d bytes are left"
              .formatted(Integer.toUnsignedLong(count), frame.position(), frame.remaining()));
    }
    return count;
  }

  /**
   * Reads the size of one tagged field and checks that it is there.
   *
   * @return the position behind the field, for {@link #endTaggedField}
   */
  public int readTaggedFieldEnd() {
    int size = readUnsignedVarint();
    if (size < 0) {
      throw new MalformedFrameException(
          "a tagged field before byte %d is larger than any frame".formatted(frame.position()));
    }
    require(size, "a tagged field");
    return frame.position() + size;
  }

  /**
   * Checks that a tagged field had the size it claimed.
   *
   * @param end what {@link #readTaggedFieldEnd} returned
   */
  public void endTaggedField(int end) {
    if (frame.position() != end) {
      throw new MalformedFrameException(
          "a tagged field ended at byte %d, and its size said %d".formatted(frame.position(), end));
    }
  }

  /** Steps over all tagged fields of a structure. */
  public void skipTaggedFields() {
    for (int left = readTagCount(); left > 0; left--) {
      readUnsignedVarint();
      frame.position(readTaggedFieldEnd());
    }
  }

  /** Checks that nothing is left. */
  public void expectEnd() {
    if (frame.hasRemaining()) {
      throw new MalformedFrameException(
          "%d bytes are left behind the end at byte %d"
              .formatted(frame.remaining(), frame.position()));
    }
  }

  private String decode(int length) {
    if (length == 0) {
      return "";
    }
    int start = frame.position();
    frame.position(start + length);
    if (frame.hasArray()) {
      return new String(frame.array(), frame.arrayOffset() + start, length, StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[length];
    frame.get(start, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private int checkedLength(int length, String what) {
    if (length < -1) {
      throw new MalformedFrameException(
          "the length of %s before byte %d is %d".formatted(what, frame.position(), length));
    }
    if (length > 0) {
      require(length, what);
    }
    return length;
  }

  private void require(int bytes, String what) {
    if (bytes < 0 || bytes > frame.remaining()) {
      throw new MalformedFrameException(
          "%s of %d bytes at byte %d of %d is cut off"
              .formatted(what, bytes, frame.position(), frame.limit()));
    }
  }

  private <T> T notNull(@Nullable T value, String what) {
    if (value == null) {
      throw unexpectedNull(what);
    }
    return value;
  }

  private MalformedFrameException unexpectedNull(String what) {
    return new MalformedFrameException(
        "a null %s before byte %d, where none is allowed".formatted(what, frame.position()));
  }
}

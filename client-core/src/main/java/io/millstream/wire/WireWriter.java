package io.millstream.wire;

import io.millstream.common.Uuid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the primitive types of the Kafka protocol into one frame that grows by chunks. For one
 * thread at a time; never blocks.
 *
 * <p>Where a method takes {@code compact}, true means the encoding of flexible versions (KIP-482):
 * the length plus one as an unsigned varint, zero for null.
 */
public final class WireWriter {

  private static final int SIZE_PREFIX_BYTES = 4;
  private static final int FIRST_CHUNK_BYTES = 256;
  private static final int LARGEST_CHUNK_BYTES = 64 * 1024;

  private final List<ByteBuffer> finished = new ArrayList<>();
  private int finishedBytes;
  private int nextChunkBytes = 2 * FIRST_CHUNK_BYTES;
  private ByteBuffer chunk;
  private int segmentStart;

  /** Creates an empty frame. */
  public WireWriter() {
    chunk = ByteBuffer.allocate(FIRST_CHUNK_BYTES).position(SIZE_PREFIX_BYTES);
  }

  /** Returns how many bytes were written or attached, the size prefix not counted. */
  public int size() {
    return finishedBytes + chunk.position() - segmentStart - SIZE_PREFIX_BYTES;
  }

  /** Writes one byte. */
  public void writeByte(byte value) {
    reserve(1).put(value);
  }

  /** Writes one byte, 1 for true. */
  public void writeBoolean(boolean value) {
    reserve(1).put((byte) (value ? 1 : 0));
  }

  /** Writes a 16-bit integer. */
  public void writeShort(short value) {
    reserve(2).putShort(value);
  }

  /** Writes the low 16 bits of a value. */
  public void writeUnsignedShort(int value) {
    reserve(2).putShort((short) value);
  }

  /** Writes a 32-bit integer. */
  public void writeInt(int value) {
    reserve(4).putInt(value);
  }

  /** Writes the low 32 bits of a value. */
  public void writeUnsignedInt(long value) {
    reserve(4).putInt((int) value);
  }

  /** Writes a 64-bit integer. */
  public void writeLong(long value) {
    reserve(8).putLong(value);
  }

  /** Writes a 64-bit floating-point number. */
  public void writeDouble(double value) {
    reserve(8).putDouble(value);
  }

  /** Writes an unsigned varint; a negative value stands for 2³² more. */
  public void writeUnsignedVarint(int value) {
    Varint.putUnsigned(value, reserve(Varint.MAX_INT_BYTES));
  }

  /** Writes a zigzag varint of 32 bits. */
  public void writeVarint(int value) {
    Varint.put(value, reserve(Varint.MAX_INT_BYTES));
  }

  /** Writes a zigzag varint of 64 bits. */
  public void writeVarlong(long value) {
    Varint.put(value, reserve(Varint.MAX_LONG_BYTES));
  }

  /** Writes the 16 bytes of a UUID. */
  public void writeUuid(Uuid value) {
    reserve(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
  }

  /**
   * Writes a string.
   *
   * @param value the string, null where the protocol allows it
   * @param compact whether its length is encoded as in flexible versions
   * @throws IllegalArgumentException if it takes more than 32767 bytes and {@code compact} is false
   */
  public void writeString(@Nullable String value, boolean compact) {
    if (value == null) {
      writeStringLength(-1, compact);
    } else {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      writeStringLength(utf8.length, compact);
      reserve(utf8.length).put(utf8);
    }
  }

  /**
   * Writes bytes, copying them. The position of the buffer does not move.
   *
   * @param value from position to limit, null where the protocol allows it
   * @param compact whether their length is encoded as in flexible versions
   */
  public void writeBytes(@Nullable ByteBuffer value, boolean compact) {
    if (value == null) {
      writeLength(-1, compact);
    } else {
      writeLength(value.remaining(), compact);
      reserve(value.remaining()).put(value.duplicate());
    }
  }

  /**
   * Writes records without copying them; see {@link #attach}.
   *
   * @param value from position to limit, null where the protocol allows it
   * @param compact whether their length is encoded as in flexible versions
   */
  public void writeRecords(@Nullable ByteBuffer value, boolean compact) {
    if (value == null) {
      writeLength(-1, compact);
    } else {
      writeLength(value.remaining(), compact);
      attach(value.duplicate());
    }
  }

  /**
   * Writes the length in front of an array, bytes or records.
   *
   * @param length the number of elements or bytes, -1 for null
   * @param compact whether it is encoded as in flexible versions
   */
  public void writeLength(int length, boolean compact) {
    if (compact) {
      writeUnsignedVarint(length + 1);
    } else {
      writeInt(length);
    }
  }

  /**
   * Puts one tagged field into the frame: tag, size, content.
   *
   * @param tag its number
   * @param content what was written for it; must not be used afterwards
   */
  public void writeTaggedField(int tag, WireWriter content) {
    writeUnsignedVarint(tag);
    writeUnsignedVarint(content.size());
    for (ByteBuffer part : content.parts()) {
      reserve(part.remaining()).put(part);
    }
  }

  /**
   * Puts bytes into the frame without copying them. They must not change until the frame is
   * written.
   *
   * @param bytes from position to limit; the frame moves the position of this very buffer
   */
  public void attach(ByteBuffer bytes) {
    if (bytes.hasRemaining()) {
      finishSegment();
      finished.add(bytes);
      finishedBytes += bytes.remaining();
    }
  }

  /**
   * Ends the frame.
   *
   * @return the size prefix and everything written, for one gathering write
   */
  public ByteBuffer[] toFrame() {
    int size = size();
    ByteBuffer[] frame = allParts();
    frame[0].putInt(0, size);
    return frame;
  }

  /**
   * Ends the content without a size prefix, for content that is embedded elsewhere.
   *
   * @return everything written, copied together into a new heap buffer
   */
  public ByteBuffer toContent() {
    ByteBuffer content = ByteBuffer.allocate(size());
    for (ByteBuffer part : parts()) {
      content.put(part.duplicate());
    }
    return content.flip();
  }

  private ByteBuffer[] parts() {
    ByteBuffer[] parts = allParts();
    parts[0].position(SIZE_PREFIX_BYTES);
    return parts;
  }

  private ByteBuffer[] allParts() {
    finishSegment();
    return finished.toArray(new ByteBuffer[0]);
  }

  private void writeStringLength(int length, boolean compact) {
    if (compact) {
      writeUnsignedVarint(length + 1);
    } else if (length > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "A string of %d bytes exceeds the %d that the protocol allows"
              .formatted(length, Short.MAX_VALUE));
    } else {
      writeShort((short) length);
    }
  }

  private ByteBuffer reserve(int bytes) {
    if (chunk.remaining() < bytes) {
      finishSegment();
      chunk = ByteBuffer.allocate(Math.max(bytes, nextChunkBytes));
      segmentStart = 0;
      nextChunkBytes = Math.min(2 * nextChunkBytes, LARGEST_CHUNK_BYTES);
    }
    return chunk;
  }

  private void finishSegment() {
    int length = chunk.position() - segmentStart;
    if (length > 0) {
      finished.add(chunk.slice(segmentStart, length));
      finishedBytes += length;
      segmentStart = chunk.position();
    }
  }
}

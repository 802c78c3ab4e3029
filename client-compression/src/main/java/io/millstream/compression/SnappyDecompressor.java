package io.millstream.compression;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.xerial.snappy.Snappy;

/** Reads the framing that {@link SnappyFraming} draws, and raw Snappy. */
final class SnappyDecompressor implements Decompressor {

  private ByteBuffer input = ByteBuffer.allocate(0);
  private OutputBound bound = new OutputBound(Codec.SNAPPY, 0);
  private boolean framed;
  private byte[] compressed = new byte[0];
  private byte[] block = new byte[0];
  private int blockPosition;
  private int blockEnd;

  @Override
  public void start(ByteBuffer input, OutputBound bound) {
    this.input = input.order(ByteOrder.BIG_ENDIAN);
    this.bound = bound;
    blockPosition = 0;
    blockEnd = 0;
    if (!input.hasRemaining()) {
      throw new CorruptCompressedDataException("snappy data of no bytes");
    }
    framed = startsWithMark();
  }

  private boolean startsWithMark() {
    return input.remaining() >= SnappyFraming.HEADER_BYTES
        && input.getLong(input.position()) == SnappyFraming.MARK;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    while (blockPosition == blockEnd) {
      if (!input.hasRemaining()) {
        return -1;
      }
      int direct = nextBlock(target, offset, length);
      if (direct > 0) {
        return direct;
      }
    }
    int count = Math.min(length, blockEnd - blockPosition);
    System.arraycopy(block, blockPosition, target, offset, count);
    blockPosition += count;
    return count;
  }

  /** Decompresses a block: into the target where it fits there, giving its size, else aside. */
  private int nextBlock(byte[] target, int offset, int length) {
    int compressedBytes = framed ? nextFramedLength() : input.remaining();
    if (compressedBytes == 0) {
      return 0;
    }
    byte[] source;
    int sourceOffset;
    if (input.hasArray()) {
      source = input.array();
      sourceOffset = input.arrayOffset() + input.position();
    } else {
      if (compressed.length < compressedBytes) {
        compressed = new byte[compressedBytes];
      }
      source = compressed;
      sourceOffset = 0;
      input.get(input.position(), compressed, 0, compressedBytes);
    }
    input.position(input.position() + compressedBytes);
    return decompress(source, sourceOffset, compressedBytes, target, offset, length);
  }

  private int decompress(
      byte[] source, int sourceOffset, int compressedBytes, byte[] target, int offset, int length) {
    try {
      int size = Snappy.uncompressedLength(source, sourceOffset, compressedBytes);
      if (size < 0 || size > (long) compressedBytes * SnappyFraming.GREATEST_GROWTH) {
        throw new CorruptCompressedDataException(
            "a snappy block of " + compressedBytes + " bytes claims to hold " + size);
      }
      bound.check(size);
      if (size <= length) {
        return Snappy.uncompress(source, sourceOffset, compressedBytes, target, offset);
      }
      if (block.length < size) {
        block = new byte[size];
      }
      blockPosition = 0;
      blockEnd = Snappy.uncompress(source, sourceOffset, compressedBytes, block, 0);
      return 0;
    } catch (IOException e) {
      throw new CorruptCompressedDataException("corrupt snappy data: " + e.getMessage(), e);
    }
  }

  private int nextFramedLength() {
    while (startsWithMark()) {
      int leastVersion = input.getInt(input.position() + 12);
      if (leastVersion != 1) {
        throw new CorruptCompressedDataException(
            "snappy data for a reader of version " + leastVersion + ", this one is 1");
      }
      input.position(input.position() + SnappyFraming.HEADER_BYTES);
    }
    if (!input.hasRemaining()) {
      return 0;
    }
    if (input.remaining() < Integer.BYTES) {
      throw new CorruptCompressedDataException("snappy data is cut off before a block");
    }
    int length = input.getInt();
    if (length < 0 || length > input.remaining()) {
      throw new CorruptCompressedDataException(
          "a snappy block claims " + length + " bytes, " + input.remaining() + " are left");
    }
    return length;
  }

  @Override
  public void close() {}
}

package io.millstream.compression;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.StreamingXXHash32;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/** Reads one frame, as drawn at {@link Lz4Frame}; what follows it is not looked at. */
final class Lz4Decompressor implements Decompressor {

  private final LZ4SafeDecompressor decompressor = LZ4Factory.fastestInstance().safeDecompressor();
  private final XXHash32 hash = XXHashFactory.fastestInstance().hash32();
  private final StreamingXXHash32 contentHash =
      XXHashFactory.fastestJavaInstance().newStreamingHash32(0);

  private boolean headerChecksumIgnored;
  private ByteBuffer input = ByteBuffer.allocate(0);
  private OutputBound bound = new OutputBound(Codec.LZ4, 0);
  private int flags;
  private int maxBlockBytes;
  private long contentBytesClaimed;
  private long contentBytes;
  private boolean ended;
  private byte[] compressed = new byte[0];
  private byte[] block = new byte[0];
  private int blockPosition;
  private int blockEnd;

  void ignoreHeaderChecksum(boolean ignored) {
    headerChecksumIgnored = ignored;
  }

  @Override
  public void start(ByteBuffer input, OutputBound bound) {
    this.input = input.order(ByteOrder.LITTLE_ENDIAN);
    this.bound = bound;
    blockPosition = 0;
    blockEnd = 0;
    contentBytes = 0;
    ended = false;
    contentHash.reset();
    readHeader();
  }

  private void readHeader() {
    require(7);
    int magic = input.getInt();
    if (magic != Lz4Frame.MAGIC) {
      throw new CorruptCompressedDataException(
          "lz4 data begins with " + Integer.toHexString(magic) + ", not with the magic of a frame");
    }
    int headerStart = input.position();
    flags = input.get() & 0xff;
    int sizes = input.get() & 0xff;
    int blockSizeCode = sizes >>> 4 & 7;
    if ((flags & Lz4Frame.VERSION_MASK) != Lz4Frame.VERSION
        || (flags & (Lz4Frame.RESERVED_FLAGS | Lz4Frame.DICTIONARY)) != 0
        || (sizes & Lz4Frame.RESERVED_SIZE_BITS) != 0
        || blockSizeCode < 4) {
      throw new CorruptCompressedDataException(
          "a frame of lz4 with the flags "
              + Integer.toHexString(flags)
              + " and sizes "
              + Integer.toHexString(sizes)
              + ", which are not known");
    }
    if (!has(Lz4Frame.BLOCKS_INDEPENDENT)) {
      throw new CorruptCompressedDataException(
          "a frame of lz4 whose blocks depend on one another; Kafka's must not");
    }
    maxBlockBytes = 1 << (8 + 2 * blockSizeCode);
    if (has(Lz4Frame.CONTENT_SIZE)) {
      require(Long.BYTES + 1);
      contentBytesClaimed = input.getLong();
    }
    int headerBytes = input.position() - headerStart;
    byte expected = (byte) (hash.hash(input, headerStart, headerBytes, 0) >>> 8);
    if (input.get() != expected && !headerChecksumIgnored) {
      throw new CorruptCompressedDataException("the header of a frame of lz4 has a bad checksum");
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    while (blockPosition == blockEnd) {
      if (ended) {
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
    require(Integer.BYTES);
    int lengthField = input.getInt();
    boolean stored = (lengthField & Lz4Frame.STORED) != 0;
    int blockBytes = lengthField & ~Lz4Frame.STORED;
    if (blockBytes == 0) {
      end();
      return 0;
    }
    if (blockBytes > maxBlockBytes) {
      throw new CorruptCompressedDataException(
          "a block of lz4 of " + blockBytes + " bytes where " + maxBlockBytes + " are the most");
    }
    require(blockBytes);
    int start = input.position();
    input.position(start + blockBytes);
    if (has(Lz4Frame.BLOCK_CHECKSUMS)) {
      require(Integer.BYTES);
      if (input.getInt() != hash.hash(input, start, blockBytes, 0)) {
        throw new CorruptCompressedDataException("a block of lz4 has a bad checksum");
      }
    }
    int most =
        stored
            ? blockBytes
            : (int) Math.min(maxBlockBytes, (long) blockBytes * Lz4Frame.GREATEST_GROWTH);
    if (most <= length) {
      int size = unpack(stored, start, blockBytes, target, offset, most);
      return counted(target, offset, size);
    }
    if (block.length < most) {
      block = new byte[most];
    }
    blockPosition = 0;
    blockEnd = counted(block, 0, unpack(stored, start, blockBytes, block, 0, most));
    return 0;
  }

  private int unpack(
      boolean stored, int start, int blockBytes, byte[] target, int offset, int most) {
    if (stored) {
      input.get(start, target, offset, blockBytes);
      return blockBytes;
    }
    byte[] source;
    int sourceOffset;
    if (input.hasArray()) {
      source = input.array();
      sourceOffset = input.arrayOffset() + start;
    } else {
      if (compressed.length < blockBytes) {
        compressed = new byte[blockBytes];
      }
      source = compressed;
      sourceOffset = 0;
      input.get(start, compressed, 0, blockBytes);
    }
    try {
      return decompressor.decompress(source, sourceOffset, blockBytes, target, offset, most);
    } catch (LZ4Exception e) {
      throw new CorruptCompressedDataException("corrupt lz4 data: " + e.getMessage(), e);
    }
  }

  private int counted(byte[] bytes, int offset, int size) {
    bound.check(size);
    contentBytes += size;
    if (has(Lz4Frame.CONTENT_CHECKSUM)) {
      contentHash.update(bytes, offset, size);
    }
    return size;
  }

  private void end() {
    ended = true;
    if (has(Lz4Frame.CONTENT_CHECKSUM)) {
      require(Integer.BYTES);
      if (input.getInt() != contentHash.getValue()) {
        throw new CorruptCompressedDataException(
            "the content of a frame of lz4 has a bad checksum");
      }
    }
    if (has(Lz4Frame.CONTENT_SIZE) && contentBytesClaimed != contentBytes) {
      throw new CorruptCompressedDataException(
          "a frame of lz4 claims "
              + contentBytesClaimed
              + " bytes of content and has "
              + contentBytes);
    }
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  private void require(int bytes) {
    if (input.remaining() < bytes) {
      throw new CorruptCompressedDataException("lz4 data is cut off");
    }
  }

  @Override
  public void close() {
    contentHash.close();
  }
}

package io.millstream.compression;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHashFactory;

/** Writes one frame, drawn at {@link Lz4Frame}, of independent blocks of 64 KiB. */
final class Lz4Compressor implements Compressor {

  private static final int BLOCK_BYTES = 64 * 1024;
  private static final byte[] HEADER = header();

  private final LZ4Compressor compressor;
  private final byte[] block = new byte[BLOCK_BYTES];
  private final byte[] compressed;
  private final ByteBuffer length =
      ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  Lz4Compressor(int level) {
    LZ4Factory factory = LZ4Factory.fastestInstance();
    compressor =
        level == Codec.LZ4.defaultLevel()
            ? factory.fastCompressor()
            : factory.highCompressor(level);
    compressed = new byte[compressor.maxCompressedLength(BLOCK_BYTES)];
  }

  private static byte[] header() {
    ByteBuffer header = ByteBuffer.allocate(7).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(Lz4Frame.MAGIC);
    header.put((byte) (Lz4Frame.VERSION | Lz4Frame.BLOCKS_INDEPENDENT));
    header.put(Lz4Frame.BLOCKS_OF_64_KIB);
    int hash = XXHashFactory.fastestInstance().hash32().hash(header.array(), 4, 2, 0);
    return header.put((byte) (hash >>> 8)).array();
  }

  @Override
  public boolean compress(List<ByteBuffer> input, OutputCursor output) {
    if (!output.write(HEADER, 0, HEADER.length)) {
      return false;
    }
    int count = InputBlocks.fill(block, input);
    while (count > 0) {
      int compressedBytes = compressor.compress(block, 0, count, compressed, 0);
      boolean shrunk = compressedBytes < count;
      boolean written =
          shrunk
              ? writeBlock(output, compressedBytes, compressed, compressedBytes)
              : writeBlock(output, count | Lz4Frame.STORED, block, count);
      if (!written) {
        return false;
      }
      count = InputBlocks.fill(block, input);
    }
    length.putInt(0, 0);
    return output.write(length.array(), 0, Integer.BYTES);
  }

  private boolean writeBlock(OutputCursor output, int lengthField, byte[] bytes, int count) {
    length.putInt(0, lengthField);
    return output.write(length.array(), 0, Integer.BYTES) && output.write(bytes, 0, count);
  }

  @Override
  public void close() {}
}

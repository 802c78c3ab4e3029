package io.millstream.compression;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.xerial.snappy.Snappy;

/** Writes the framing that {@link SnappyFraming} draws. */
final class SnappyCompressor implements Compressor {

  private static final int BLOCK_BYTES = 32 * 1024;

  private final byte[] block = new byte[BLOCK_BYTES];
  private final byte[] compressed = new byte[Snappy.maxCompressedLength(BLOCK_BYTES)];
  private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);

  @Override
  public boolean compress(List<ByteBuffer> input, OutputCursor output) {
    byte[] header = SnappyFraming.header();
    if (!output.write(header, 0, header.length)) {
      return false;
    }
    int count = InputBlocks.fill(block, input);
    while (count > 0) {
      int compressedBytes = compressBlock(count);
      length.putInt(0, compressedBytes);
      if (!output.write(length.array(), 0, Integer.BYTES)
          || !output.write(compressed, 0, compressedBytes)) {
        return false;
      }
      count = InputBlocks.fill(block, input);
    }
    return true;
  }

  private int compressBlock(int count) {
    try {
      return Snappy.compress(block, 0, count, compressed, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {}
}

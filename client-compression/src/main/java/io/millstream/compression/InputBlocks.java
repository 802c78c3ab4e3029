package io.millstream.compression;

import java.nio.ByteBuffer;
import java.util.List;

/** Cuts a row of buffers into blocks of a fixed size. */
final class InputBlocks {

  private InputBlocks() {}

  /**
   * Fills an array from buffers, moving their positions; gives the number of bytes, which is less
   * than the array's length only where the buffers have no more.
   */
  static int fill(byte[] block, List<ByteBuffer> input) {
    int filled = 0;
    for (int i = 0; i < input.size() && filled < block.length; i++) {
      ByteBuffer part = input.get(i);
      int count = Math.min(part.remaining(), block.length - filled);
      part.get(block, filled, count);
      filled += count;
    }
    return filled;
  }
}

package io.millstream.compression;

import java.nio.ByteBuffer;

/** Copies. */
final class PlainDecompressor implements Decompressor {

  private ByteBuffer input = ByteBuffer.allocate(0);

  @Override
  public void start(ByteBuffer input, OutputBound bound) {
    this.input = input;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (!input.hasRemaining()) {
      return -1;
    }
    int count = Math.min(length, input.remaining());
    input.get(target, offset, count);
    return count;
  }

  @Override
  public void close() {}
}

package io.millstream.record;

import io.millstream.wire.ChunkSource;
import java.nio.ByteBuffer;

/** Chunks of the heap, which are left to the garbage collector. */
final class HeapChunks implements ChunkSource {

  static final HeapChunks INSTANCE = new HeapChunks();

  private HeapChunks() {}

  @Override
  public ByteBuffer take(int leastBytes) {
    return ByteBuffer.allocate(leastBytes);
  }

  @Override
  public void giveBack(ByteBuffer chunk) {
    // nothing is kept
  }
}

package io.millstream.integration;

import io.millstream.wire.ChunkSource;
import java.nio.ByteBuffer;

/** Chunks without a pool that counts what is not given back. */
final class TestChunks implements ChunkSource {

  private int outstanding;

  @Override
  public ByteBuffer take(int leastBytes) {
    outstanding++;
    return ByteBuffer.allocateDirect(leastBytes);
  }

  @Override
  public void giveBack(ByteBuffer chunk) {
    outstanding--;
  }

  int outstanding() {
    return outstanding;
  }
}

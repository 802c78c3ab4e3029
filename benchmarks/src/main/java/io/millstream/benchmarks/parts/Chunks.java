package io.millstream.benchmarks.parts;

import io.millstream.wire.ChunkSource;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Direct chunks of one size, used again and again, as a producer has them. */
final class Chunks implements ChunkSource {

  static final int BYTES = 16 * 1024;

  private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

  @Override
  public ByteBuffer take(int leastBytes) {
    ByteBuffer chunk = leastBytes > BYTES ? null : free.poll();
    return chunk == null ? ByteBuffer.allocateDirect(Math.max(BYTES, leastBytes)) : chunk.clear();
  }

  @Override
  public void giveBack(ByteBuffer chunk) {
    if (chunk.capacity() == BYTES) {
      free.push(chunk);
    }
  }
}

package io.millstream.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.wire.ChunkSource;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Direct chunks of one size, a limited number of them, each used again and known by identity. */
final class CountedChunks implements ChunkSource {

  private final int chunkBytes;
  private int left;
  private final Deque<ByteBuffer> free = new ArrayDeque<>();
  private final Set<ByteBuffer> taken = Collections.newSetFromMap(new IdentityHashMap<>());

  CountedChunks(int chunkBytes, int most) {
    this.chunkBytes = chunkBytes;
    left = most;
  }

  CountedChunks(int chunkBytes) {
    this(chunkBytes, Integer.MAX_VALUE);
  }

  @Override
  public @Nullable ByteBuffer take(int leastBytes) {
    if (left == 0) {
      return null;
    }
    left--;
    ByteBuffer chunk = free.poll();
    if (chunk == null || chunk.capacity() < leastBytes) {
      chunk = ByteBuffer.allocateDirect(Math.max(chunkBytes, leastBytes));
    }
    chunk.clear();
    taken.add(chunk);
    return chunk;
  }

  @Override
  public void giveBack(ByteBuffer chunk) {
    assertThat(taken.remove(chunk)).as("was taken from here").isTrue();
    free.push(chunk);
    left++;
  }

  int takenCount() {
    return taken.size();
  }
}

package io.millstream.produce;

import io.millstream.wire.ChunkSource;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Chunks from where the record that is being appended may take them. Guarded by the lock of its
 * {@link PartitionQueue}, but for giving back.
 */
final class AppendChunks implements ChunkSource {

  private final BufferMemory memory;

  /** What the caller was promised, null for nothing. */
  BufferMemory.@Nullable Grant grant;

  /** Whether a chunk is taken however little memory is left. */
  boolean unlimited;

  AppendChunks(BufferMemory memory) {
    this.memory = memory;
  }

  @Override
  public @Nullable ByteBuffer take(int leastBytes) {
    if (unlimited) {
      return memory.beyondLimit().take(leastBytes);
    }
    return grant == null ? memory.take(leastBytes) : memory.take(grant, leastBytes);
  }

  @Override
  public void giveBack(ByteBuffer chunk) {
    memory.giveBack(chunk);
  }
}

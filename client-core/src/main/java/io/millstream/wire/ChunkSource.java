package io.millstream.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a writer gets the buffers it fills. Each chunk has one owner at a time: the one who took
 * it, until it is given back.
 */
public interface ChunkSource {

  /**
   * Takes a chunk, without waiting.
   *
   * @param leastBytes how many bytes it must hold at least
   * @return an empty big-endian chunk, position 0, or null where there is no memory now
   */
  @Nullable ByteBuffer take(int leastBytes);

  /**
   * Gives a chunk back that this source handed out; the caller must not touch it any more.
   *
   * @param chunk the very object that {@link #take} returned
   */
  void giveBack(ByteBuffer chunk);
}

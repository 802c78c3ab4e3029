package io.millstream.compression;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Where compressed bytes go: a row of buffers, asked for one by one. */
public interface CompressedOutput {

  /**
   * Gives the next buffer, when the one before is full, or at the start.
   *
   * @return a direct or array-backed buffer with at least one byte left, filled from its position
   *     on, or null where there is no memory, which ends the compression
   */
  @Nullable ByteBuffer next();
}

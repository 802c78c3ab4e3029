package io.millstream.compression;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The buffer of an output that is being filled. Once it ran out of memory it stays so. */
final class OutputCursor {

  private final CompressedOutput output;
  private @Nullable ByteBuffer current;
  private boolean exhausted;

  OutputCursor(CompressedOutput output) {
    this.output = output;
  }

  /** A buffer with at least one byte left, or null where there is no memory. */
  @Nullable ByteBuffer room() {
    ByteBuffer buffer = current;
    if (!exhausted && (buffer == null || !buffer.hasRemaining())) {
      buffer = output.next();
      current = buffer;
      exhausted = buffer == null;
    }
    return buffer;
  }

  /** Writes bytes, over as many buffers as it takes; says whether there was room for all. */
  boolean write(byte[] bytes, int offset, int length) {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      ByteBuffer buffer = room();
      if (buffer == null) {
        return false;
      }
      int count = Math.min(end - from, buffer.remaining());
      buffer.put(bytes, from, count);
      from += count;
    }
    return true;
  }
}

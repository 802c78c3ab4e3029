package io.millstream.common.serialization;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Reads what a buffer holds and leaves its position alone. */
final class BufferBytes {

  private BufferBytes() {}

  static byte @Nullable [] copy(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }

  static @Nullable String text(@Nullable ByteBuffer buffer, Charset charset) {
    if (buffer == null) {
      return null;
    }
    if (buffer.hasArray()) {
      return new String(
          buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining(), charset);
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return new String(bytes, charset);
  }
}

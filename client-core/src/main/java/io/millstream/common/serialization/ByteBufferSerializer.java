package io.millstream.common.serialization;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a buffer holds from its beginning to its limit, whatever its position: a buffer that
 * was just filled needs no {@code rewind}. Position and limit are left alone.
 */
public class ByteBufferSerializer implements Serializer<ByteBuffer> {

  /** Creates the serializer. */
  public ByteBufferSerializer() {}

  /** Returns the bytes; the array of the buffer itself where it holds nothing else. */
  @Override
  public byte @Nullable [] serialize(String topic, @Nullable ByteBuffer data) {
    if (data == null) {
      return null;
    }
    if (data.hasArray() && data.arrayOffset() == 0 && data.array().length == data.limit()) {
      return data.array();
    }
    byte[] bytes = new byte[data.limit()];
    data.get(0, bytes);
    return bytes;
  }
}

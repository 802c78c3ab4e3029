package io.millstream.common.serialization;

import io.millstream.common.header.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Hands bytes over in a buffer of their own, from position 0. */
public class ByteBufferDeserializer implements Deserializer<ByteBuffer> {

  /** Creates the deserializer. */
  public ByteBufferDeserializer() {}

  /** Wraps the array without a copy. */
  @Override
  public @Nullable ByteBuffer deserialize(String topic, byte @Nullable [] data) {
    return data == null ? null : ByteBuffer.wrap(data);
  }

  /** Copies the bytes: the given buffer is the client's and is used again. */
  @Override
  public @Nullable ByteBuffer deserialize(
      String topic, Headers headers, @Nullable ByteBuffer data) {
    byte[] bytes = BufferBytes.copy(data);
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}

package io.millstream.common.serialization;

import io.millstream.common.errors.SerializationException;
import io.millstream.common.header.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads a short from its 2 bytes, the highest first. */
public class ShortDeserializer implements Deserializer<Short> {

  /** Creates the deserializer. */
  public ShortDeserializer() {}

  /**
   * Reads the number.
   *
   * @throws SerializationException if there are not exactly 2 bytes
   */
  @Override
  public @Nullable Short deserialize(String topic, byte @Nullable [] data) {
    return data == null ? null : read(topic, ByteBuffer.wrap(data));
  }

  /**
   * Reads the number and leaves the position alone.
   *
   * @throws SerializationException if there are not exactly 2 bytes
   */
  @Override
  public @Nullable Short deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    return data == null ? null : read(topic, data);
  }

  private static Short read(String topic, ByteBuffer data) {
    return FixedLength.readShort("Short", topic, data);
  }
}

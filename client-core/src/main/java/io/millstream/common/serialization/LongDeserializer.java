package io.millstream.common.serialization;

import io.millstream.common.errors.SerializationException;
import io.millstream.common.header.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads a long from its 8 bytes, the highest first. */
public class LongDeserializer implements Deserializer<Long> {

  /** Creates the deserializer. */
  public LongDeserializer() {}

  /**
   * Reads the number.
   *
   * @throws SerializationException if there are not exactly 8 bytes
   */
  @Override
  public @Nullable Long deserialize(String topic, byte @Nullable [] data) {
    return data == null ? null : read(topic, ByteBuffer.wrap(data));
  }

  /**
   * Reads the number and leaves the position alone.
   *
   * @throws SerializationException if there are not exactly 8 bytes
   */
  @Override
  public @Nullable Long deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    return data == null ? null : read(topic, data);
  }

  private static Long read(String topic, ByteBuffer data) {
    return FixedLength.readLong("Long", topic, data);
  }
}

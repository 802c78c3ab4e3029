package io.millstream.common.serialization;

import io.millstream.common.errors.SerializationException;
import io.millstream.common.header.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads an int from its 4 bytes, the highest first. */
public class IntegerDeserializer implements Deserializer<Integer> {

  /** Creates the deserializer. */
  public IntegerDeserializer() {}

  /**
   * Reads the number.
   *
   * @throws SerializationException if there are not exactly 4 bytes
   */
  @Override
  public @Nullable Integer deserialize(String topic, byte @Nullable [] data) {
    return data == null ? null : read(topic, ByteBuffer.wrap(data));
  }

  /**
   * Reads the number and leaves the position alone.
   *
   * @throws SerializationException if there are not exactly 4 bytes
   */
  @Override
  public @Nullable Integer deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    return data == null ? null : read(topic, data);
  }

  private static Integer read(String topic, ByteBuffer data) {
    return FixedLength.readInt("Integer", topic, data);
  }
}

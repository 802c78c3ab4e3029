package io.millstream.common.serialization;

import io.millstream.common.errors.SerializationException;
import io.millstream.common.header.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads a double from its 8 bytes, the highest first. */
public class DoubleDeserializer implements Deserializer<Double> {

  /** Creates the deserializer. */
  public DoubleDeserializer() {}

  /**
   * Reads the number.
   *
   * @throws SerializationException if there are not exactly 8 bytes
   */
  @Override
  public @Nullable Double deserialize(String topic, byte @Nullable [] data) {
    return data == null ? null : read(topic, ByteBuffer.wrap(data));
  }

  /**
   * Reads the number and leaves the position alone.
   *
   * @throws SerializationException if there are not exactly 8 bytes
   */
  @Override
  public @Nullable Double deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    return data == null ? null : read(topic, data);
  }

  private static Double read(String topic, ByteBuffer data) {
    return Double.longBitsToDouble(FixedLength.readLong("Double", topic, data));
  }
}

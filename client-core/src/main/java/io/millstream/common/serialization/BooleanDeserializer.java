package io.millstream.common.serialization;

import io.millstream.common.errors.SerializationException;
import io.millstream.common.header.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads a boolean from one byte, 1 for true and 0 for false. */
public class BooleanDeserializer implements Deserializer<Boolean> {

  /** Creates the deserializer. */
  public BooleanDeserializer() {}

  /**
   * Reads the boolean.
   *
   * @throws SerializationException if there is not exactly one byte, or another one
   */
  @Override
  public @Nullable Boolean deserialize(String topic, byte @Nullable [] data) {
    return data == null ? null : read(topic, ByteBuffer.wrap(data));
  }

  /**
   * Reads the boolean and leaves the position alone.
   *
   * @throws SerializationException if there is not exactly one byte, or another one
   */
  @Override
  public @Nullable Boolean deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    return data == null ? null : read(topic, data);
  }

  private static Boolean read(String topic, ByteBuffer data) {
    FixedLength.require("Boolean", 1, topic, data);
    byte value = data.get(data.position());
    if (value != 0 && value != 1) {
      throw new SerializationException(
          "A Boolean is the byte 0 or 1, but a record of topic %s has %d. Was it written as"
                  .formatted(topic, value)
              + " something else?");
    }
    return value == 1;
  }
}

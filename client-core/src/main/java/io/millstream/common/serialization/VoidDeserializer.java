package io.millstream.common.serialization;

import io.millstream.common.header.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** For keys or values that are always null. */
public class VoidDeserializer implements Deserializer<Void> {

  /** Creates the deserializer. */
  public VoidDeserializer() {}

  /**
   * Returns null.
   *
   * @throws IllegalArgumentException if there are bytes, even none at all
   */
  @Override
  public @Nullable Void deserialize(String topic, byte @Nullable [] data) {
    return nothing(topic, data == null ? null : data.length);
  }

  /**
   * Returns null.
   *
   * @throws IllegalArgumentException if there are bytes, even none at all
   */
  @Override
  public @Nullable Void deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    return nothing(topic, data == null ? null : data.remaining());
  }

  private static @Nullable Void nothing(String topic, @Nullable Integer length) {
    if (length != null) {
      throw new IllegalArgumentException(
          "VoidDeserializer takes nothing but null, but a record of topic %s has %d bytes."
              .formatted(topic, length));
    }
    return null;
  }
}

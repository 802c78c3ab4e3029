package io.millstream.common.serialization;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes a float as its 4 bytes, the highest first. */
public class FloatSerializer implements Serializer<Float> {

  /** Creates the serializer. */
  public FloatSerializer() {}

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable Float data) {
    return data == null
        ? null
        : ByteBuffer.allocate(4).putInt(Float.floatToRawIntBits(data)).array();
  }
}

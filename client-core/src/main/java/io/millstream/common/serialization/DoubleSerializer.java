package io.millstream.common.serialization;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes a double as its 8 bytes, the highest first. */
public class DoubleSerializer implements Serializer<Double> {

  /** Creates the serializer. */
  public DoubleSerializer() {}

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable Double data) {
    return data == null
        ? null
        : ByteBuffer.allocate(8).putLong(Double.doubleToLongBits(data)).array();
  }
}

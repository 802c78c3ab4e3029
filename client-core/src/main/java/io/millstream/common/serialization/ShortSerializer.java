package io.millstream.common.serialization;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes a short as its 2 bytes, the highest first. */
public class ShortSerializer implements Serializer<Short> {

  /** Creates the serializer. */
  public ShortSerializer() {}

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable Short data) {
    return data == null ? null : ByteBuffer.allocate(2).putShort(data).array();
  }
}

package io.millstream.common.serialization;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes a long as its 8 bytes, the highest first. */
public class LongSerializer implements Serializer<Long> {

  /** Creates the serializer. */
  public LongSerializer() {}

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable Long data) {
    return data == null ? null : ByteBuffer.allocate(8).putLong(data).array();
  }
}

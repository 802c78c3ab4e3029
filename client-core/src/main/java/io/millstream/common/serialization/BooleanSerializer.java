package io.millstream.common.serialization;

import org.jspecify.annotations.Nullable;

/** Writes a boolean as one byte, 1 for true and 0 for false. */
public class BooleanSerializer implements Serializer<Boolean> {

  /** Creates the serializer. */
  public BooleanSerializer() {}

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable Boolean data) {
    return data == null ? null : new byte[] {(byte) (data ? 1 : 0)};
  }
}

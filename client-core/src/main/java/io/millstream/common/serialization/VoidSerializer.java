package io.millstream.common.serialization;

import org.jspecify.annotations.Nullable;

/** For keys or values that are always null. */
public class VoidSerializer implements Serializer<Void> {

  /** Creates the serializer. */
  public VoidSerializer() {}

  /** Returns null. */
  @Override
  public byte @Nullable [] serialize(String topic, @Nullable Void data) {
    return null;
  }
}

package io.millstream.check.plugins;

import io.millstream.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes the length of a text as one byte. */
public final class LengthSerializer implements Serializer<String> {

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable String data) {
    return data == null ? null : new byte[] {(byte) data.length()};
  }
}

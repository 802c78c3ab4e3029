package io.millstream.integration;

import io.millstream.common.serialization.Serializer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts as UTF-8. */
public final class TextSerializer implements Serializer<String> {

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable String data) {
    return data == null ? null : data.getBytes(StandardCharsets.UTF_8);
  }
}

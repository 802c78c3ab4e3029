package io.millstream.clients.consumer;

import io.millstream.common.serialization.Deserializer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** UTF-8, as Apache's serializer of strings writes it. */
public final class TextDeserializer implements Deserializer<String> {

  /** Created by name. */
  public TextDeserializer() {}

  @Override
  public @Nullable String deserialize(String topic, byte @Nullable [] data) {
    return data == null ? null : new String(data, StandardCharsets.UTF_8);
  }
}

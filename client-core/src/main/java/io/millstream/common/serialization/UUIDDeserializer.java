package io.millstream.common.serialization;

import io.millstream.common.errors.SerializationException;
import io.millstream.common.header.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a UUID from its 36 characters, in the character set as {@link StringDeserializer} does. */
public class UUIDDeserializer implements Deserializer<UUID> {

  private Charset charset = StandardCharsets.UTF_8;

  /** Creates a deserializer for UTF-8. */
  public UUIDDeserializer() {}

  /**
   * Takes the character set.
   *
   * @throws SerializationException if there is no such character set
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    charset = Encoding.of(configs, isKey, "deserializer");
  }

  /**
   * Reads the UUID.
   *
   * @throws SerializationException if it is none
   */
  @Override
  public @Nullable UUID deserialize(String topic, byte @Nullable [] data) {
    return data == null ? null : parse(topic, new String(data, charset));
  }

  /**
   * Reads the UUID and leaves the position alone.
   *
   * @throws SerializationException if it is none
   */
  @Override
  public @Nullable UUID deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    String text = BufferBytes.text(data, charset);
    return text == null ? null : parse(topic, text);
  }

  private static UUID parse(String topic, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new SerializationException(
          "A UUID has 36 characters in five groups, but a record of topic %s has %d characters that"
                  .formatted(topic, text.length())
              + " are none. Was it written as something else?",
          e);
    }
  }
}

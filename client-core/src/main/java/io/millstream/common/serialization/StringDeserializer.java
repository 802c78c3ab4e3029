package io.millstream.common.serialization;

import io.millstream.common.errors.SerializationException;
import io.millstream.common.header.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text in UTF-8, or in the character set that {@code key.deserializer.encoding}, {@code
 * value.deserializer.encoding} or {@code deserializer.encoding} names. Bytes that are none become
 * the replacement character.
 */
public class StringDeserializer implements Deserializer<String> {

  private Charset charset = StandardCharsets.UTF_8;

  /** Creates a deserializer for UTF-8. */
  public StringDeserializer() {}

  /**
   * Takes the character set.
   *
   * @throws SerializationException if there is no such character set
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    charset = Encoding.of(configs, isKey, "deserializer");
  }

  @Override
  public @Nullable String deserialize(String topic, byte @Nullable [] data) {
    return data == null ? null : new String(data, charset);
  }

  /** Reads the text and leaves the position alone. */
  @Override
  public @Nullable String deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    return BufferBytes.text(data, charset);
  }
}

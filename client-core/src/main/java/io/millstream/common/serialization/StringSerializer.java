package io.millstream.common.serialization;

import io.millstream.common.errors.SerializationException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a text in UTF-8, or in the character set that {@code key.serializer.encoding}, {@code
 * value.serializer.encoding} or {@code serializer.encoding} names.
 */
public class StringSerializer implements Serializer<String> {

  private Charset charset = StandardCharsets.UTF_8;

  /** Creates a serializer for UTF-8. */
  public StringSerializer() {}

  /**
   * Takes the character set.
   *
   * @throws SerializationException if there is no such character set
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    charset = Encoding.of(configs, isKey, "serializer");
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable String data) {
    return data == null ? null : data.getBytes(charset);
  }
}

package io.millstream.common.serialization;

import io.millstream.common.errors.SerializationException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes a UUID as its 36 characters, in the character set as {@link StringSerializer} does. */
public class UUIDSerializer implements Serializer<UUID> {

  private Charset charset = StandardCharsets.UTF_8;

  /** Creates a serializer for UTF-8. */
  public UUIDSerializer() {}

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
  public byte @Nullable [] serialize(String topic, @Nullable UUID data) {
    return data == null ? null : data.toString().getBytes(charset);
  }
}

package io.millstream.common.serialization;

import io.millstream.common.errors.SerializationException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The character set that the settings of a client name for texts. */
final class Encoding {

  private Encoding() {}

  /**
   * Finds it under {@code key.<kind>.encoding} or {@code value.<kind>.encoding}, else under {@code
   * <kind>.encoding}; UTF-8 where there is neither.
   *
   * @param kind serializer or deserializer
   * @throws SerializationException if there is no such character set
   */
  static Charset of(Map<String, ?> configs, boolean isKey, String kind) {
    Object own = configs.get((isKey ? "key." : "value.") + kind + ".encoding");
    Object name = own == null ? configs.get(kind + ".encoding") : own;
    if (!(name instanceof String text)) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(text);
    } catch (IllegalArgumentException e) {
      throw new SerializationException(
          "%s.encoding names no character set of this JVM: %s".formatted(kind, text), e);
    }
  }
}

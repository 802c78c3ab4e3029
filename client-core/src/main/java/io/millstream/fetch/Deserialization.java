package io.millstream.fetch;

import io.millstream.common.header.Headers;
import io.millstream.common.serialization.BooleanDeserializer;
import io.millstream.common.serialization.Deserializer;
import io.millstream.common.serialization.DoubleDeserializer;
import io.millstream.common.serialization.FloatDeserializer;
import io.millstream.common.serialization.IntegerDeserializer;
import io.millstream.common.serialization.LongDeserializer;
import io.millstream.common.serialization.ShortDeserializer;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.common.serialization.UUIDDeserializer;
import io.millstream.record.RecordBatchReader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls one deserializer. Those of this library that keep nothing of what they are given read where
 * the bytes lie; all others get a copy that is theirs.
 *
 * @param <T> what it makes
 */
final class Deserialization<T> {

  private static final Set<Class<?>> KEEPING_NOTHING =
      Set.of(
          BooleanDeserializer.class,
          DoubleDeserializer.class,
          FloatDeserializer.class,
          IntegerDeserializer.class,
          LongDeserializer.class,
          ShortDeserializer.class,
          StringDeserializer.class,
          UUIDDeserializer.class);

  private final Deserializer<T> deserializer;
  private final boolean keepsNothing;

  Deserialization(Deserializer<T> deserializer) {
    this.deserializer = deserializer;
    // A subclass may well keep something.
    this.keepsNothing = KEEPING_NOTHING.contains(deserializer.getClass());
  }

  /** Makes the key of the current record. */
  @Nullable T key(RecordBatchReader reader, String topic, Headers headers) {
    return keepsNothing
        ? deserializer.deserialize(topic, headers, reader.keyView())
        : deserializer.deserialize(topic, headers, reader.key());
  }

  /** Makes the value of the current record. */
  @Nullable T value(RecordBatchReader reader, String topic, Headers headers) {
    return keepsNothing
        ? deserializer.deserialize(topic, headers, reader.valueView())
        : deserializer.deserialize(topic, headers, reader.value());
  }
}

package io.millstream.produce;

import io.millstream.clients.producer.ProducerRecord;
import io.millstream.common.errors.SerializationException;
import io.millstream.common.serialization.BooleanSerializer;
import io.millstream.common.serialization.ByteArraySerializer;
import io.millstream.common.serialization.ByteBufferSerializer;
import io.millstream.common.serialization.BytesSerializer;
import io.millstream.common.serialization.DoubleSerializer;
import io.millstream.common.serialization.FloatSerializer;
import io.millstream.common.serialization.IntegerSerializer;
import io.millstream.common.serialization.LongSerializer;
import io.millstream.common.serialization.Serializer;
import io.millstream.common.serialization.ShortSerializer;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.common.serialization.UUIDSerializer;
import io.millstream.common.serialization.VoidSerializer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns keys and values into bytes, on the thread of the caller. Any thread may use it. */
public final class RecordSerialization<K, V> {

  /** These get no headers, so that none are made for records that have none. */
  private static final Set<Class<?>> WITHOUT_HEADERS =
      Set.of(
          BooleanSerializer.class,
          ByteArraySerializer.class,
          ByteBufferSerializer.class,
          BytesSerializer.class,
          DoubleSerializer.class,
          FloatSerializer.class,
          IntegerSerializer.class,
          LongSerializer.class,
          ShortSerializer.class,
          StringSerializer.class,
          UUIDSerializer.class,
          VoidSerializer.class);

  private final Serializer<K> keys;
  private final Serializer<V> values;
  private final boolean keysSeeHeaders;
  private final boolean valuesSeeHeaders;

  /**
   * Combines the serializers of a producer.
   *
   * @param keys serializes keys
   * @param values serializes values
   */
  public RecordSerialization(Serializer<K> keys, Serializer<V> values) {
    this.keys = keys;
    this.values = values;
    // Not those of a class below: it may well look at headers.
    keysSeeHeaders = !WITHOUT_HEADERS.contains(keys.getClass());
    valuesSeeHeaders = !WITHOUT_HEADERS.contains(values.getClass());
  }

  /**
   * Serializes the key.
   *
   * @throws SerializationException if it is of another type than the serializer's; what else the
   *     serializer throws is passed on
   */
  public byte @Nullable [] key(ProducerRecord<K, V> record) {
    return serialize("key", keys, keysSeeHeaders, record, record.key());
  }

  /**
   * Serializes the value.
   *
   * @throws SerializationException if it is of another type than the serializer's; what else the
   *     serializer throws is passed on
   */
  public byte @Nullable [] value(ProducerRecord<K, V> record) {
    return serialize("value", values, valuesSeeHeaders, record, record.value());
  }

  private static <T> byte @Nullable [] serialize(
      String what,
      Serializer<T> serializer,
      boolean seesHeaders,
      ProducerRecord<?, ?> record,
      @Nullable T data) {
    try {
      return seesHeaders
          ? serializer.serialize(record.topic(), record.headers(), data)
          : serializer.serialize(record.topic(), data);
    } catch (ClassCastException e) {
      throw new SerializationException(
          "The %s of a record for topic %s is of %s, which %s cannot serialize; give the producer another %s.serializer"
              .formatted(
                  what,
                  record.topic(),
                  data == null ? "no class (null)" : data.getClass().getName(),
                  serializer.getClass().getName(),
                  what),
          e);
    }
  }
}

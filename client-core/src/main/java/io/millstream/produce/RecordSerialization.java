package io.millstream.produce;

import io.millstream.clients.producer.ProducerRecord;
import io.millstream.common.errors.SerializationException;
import io.millstream.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Turns keys and values into bytes, on the thread of the caller.
 *
 * @param keys serializes keys
 * @param values serializes values
 */
public record RecordSerialization<K, V>(Serializer<K> keys, Serializer<V> values) {

  /**
   * Serializes the key.
   *
   * @throws SerializationException if it is of another type than the serializer's; what else the
   *     serializer throws is passed on
   */
  public byte @Nullable [] key(ProducerRecord<K, V> record) {
    return serialize("key", keys, record, record.key());
  }

  /**
   * Serializes the value.
   *
   * @throws SerializationException if it is of another type than the serializer's; what else the
   *     serializer throws is passed on
   */
  public byte @Nullable [] value(ProducerRecord<K, V> record) {
    return serialize("value", values, record, record.value());
  }

  private static <T> byte @Nullable [] serialize(
      String what, Serializer<T> serializer, ProducerRecord<?, ?> record, @Nullable T data) {
    try {
      return serializer.serialize(record.topic(), record.headers(), data);
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

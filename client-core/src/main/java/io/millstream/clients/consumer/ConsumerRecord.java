package io.millstream.clients.consumer;

import io.millstream.common.header.Headers;
import io.millstream.common.header.internals.RecordHeaders;
import io.millstream.common.record.TimestampType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record that was fetched.
 *
 * @param <K> type of the key
 * @param <V> type of the value
 */
public class ConsumerRecord<K, V> {

  /** In place of a timestamp: the record has none. */
  public static final long NO_TIMESTAMP = -1L;

  /** In place of a size: there is no key, or no value. */
  public static final int NULL_SIZE = -1;

  private final String topic;
  private final int partition;
  private final long offset;
  private final long timestamp;
  private final TimestampType timestampType;
  private final int serializedKeySize;
  private final int serializedValueSize;
  private final Headers headers;
  private final @Nullable K key;
  private final @Nullable V value;
  private final Optional<Integer> leaderEpoch;
  private final Optional<Short> deliveryCount;

  /**
   * Creates a record without timestamp and headers, as tests need it.
   *
   * @param topic the topic
   * @param partition the partition
   * @param offset the offset
   * @param key the key; may be null
   * @param value the value; may be null
   */
  public ConsumerRecord(
      String topic, int partition, long offset, @Nullable K key, @Nullable V value) {
    this(
        topic,
        partition,
        offset,
        NO_TIMESTAMP,
        TimestampType.NO_TIMESTAMP_TYPE,
        NULL_SIZE,
        NULL_SIZE,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  /**
   * Creates a record.
   *
   * @param topic the topic
   * @param partition the partition
   * @param offset the offset
   * @param timestamp milliseconds since 1970, or {@link #NO_TIMESTAMP}
   * @param timestampType what the timestamp means
   * @param serializedKeySize the bytes of the key, or {@link #NULL_SIZE}
   * @param serializedValueSize the bytes of the value, or {@link #NULL_SIZE}
   * @param key the key; may be null
   * @param value the value; may be null
   * @param headers the headers
   * @param leaderEpoch the leader epoch under which the record was written, where it is known
   */
  public ConsumerRecord(
      String topic,
      int partition,
      long offset,
      long timestamp,
      TimestampType timestampType,
      int serializedKeySize,
      int serializedValueSize,
      @Nullable K key,
      @Nullable V value,
      Headers headers,
      Optional<Integer> leaderEpoch) {
    this(
        topic,
        partition,
        offset,
        timestamp,
        timestampType,
        serializedKeySize,
        serializedValueSize,
        key,
        value,
        headers,
        leaderEpoch,
        Optional.empty());
  }

  // Twelve parameters, since the public API of Kafka has them.
  /**
   * Creates a record as a share consumer gets it.
   *
   * @param topic the topic
   * @param partition the partition
   * @param offset the offset
   * @param timestamp milliseconds since 1970, or {@link #NO_TIMESTAMP}
   * @param timestampType what the timestamp means
   * @param serializedKeySize the bytes of the key, or {@link #NULL_SIZE}
   * @param serializedValueSize the bytes of the value, or {@link #NULL_SIZE}
   * @param key the key; may be null
   * @param value the value; may be null
   * @param headers the headers
   * @param leaderEpoch the leader epoch under which the record was written, where it is known
   * @param deliveryCount how often the record was delivered
   */
  public ConsumerRecord(
      String topic,
      int partition,
      long offset,
      long timestamp,
      TimestampType timestampType,
      int serializedKeySize,
      int serializedValueSize,
      @Nullable K key,
      @Nullable V value,
      Headers headers,
      Optional<Integer> leaderEpoch,
      Optional<Short> deliveryCount) {
    if (topic == null) {
      throw new IllegalArgumentException("A record needs a topic");
    }
    if (headers == null) {
      throw new IllegalArgumentException("The headers of a record may be empty, but not null");
    }
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.timestamp = timestamp;
    this.timestampType = timestampType;
    this.serializedKeySize = serializedKeySize;
    this.serializedValueSize = serializedValueSize;
    this.key = key;
    this.value = value;
    this.headers = headers;
    this.leaderEpoch = leaderEpoch;
    this.deliveryCount = deliveryCount;
  }

  /** {@return the topic} */
  public String topic() {
    return topic;
  }

  /** {@return the partition} */
  public int partition() {
    return partition;
  }

  /** {@return the headers; empty for none} */
  public Headers headers() {
    return headers;
  }

  /** {@return the key; null where the record has none} */
  public @Nullable K key() {
    return key;
  }

  /** {@return the value; null where the record has none} */
  public @Nullable V value() {
    return value;
  }

  /** {@return the offset} */
  public long offset() {
    return offset;
  }

  /** {@return the timestamp in milliseconds since 1970, or {@link #NO_TIMESTAMP}} */
  public long timestamp() {
    return timestamp;
  }

  /** {@return what the timestamp means} */
  public TimestampType timestampType() {
    return timestampType;
  }

  /** {@return the bytes of the serialized key, or {@link #NULL_SIZE}} */
  public int serializedKeySize() {
    return serializedKeySize;
  }

  /** {@return the bytes of the serialized value, or {@link #NULL_SIZE}} */
  public int serializedValueSize() {
    return serializedValueSize;
  }

  /** {@return the leader epoch under which the record was written, where it is known} */
  public Optional<Integer> leaderEpoch() {
    return leaderEpoch;
  }

  /** {@return how often the record was delivered; only a share consumer knows} */
  public Optional<Short> deliveryCount() {
    return deliveryCount;
  }

  @Override
  public String toString() {
    return "ConsumerRecord(topic = "
        + topic
        + ", partition = "
        + partition
        + ", leaderEpoch = "
        + text(leaderEpoch)
        + ", offset = "
        + offset
        + ", "
        + timestampType
        + " = "
        + timestamp
        + ", deliveryCount = "
        + text(deliveryCount)
        + ", serialized key size = "
        + serializedKeySize
        + ", serialized value size = "
        + serializedValueSize
        + ", headers = "
        + headers
        + ", key = "
        + key
        + ", value = "
        + value
        + ")";
  }

  private static @Nullable Object text(Optional<?> value) {
    return value.isPresent() ? value.get() : null;
  }
}

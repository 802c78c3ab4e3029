package io.millstream.clients.producer;

import io.millstream.common.header.Header;
import io.millstream.common.header.Headers;
import io.millstream.common.header.internals.RecordHeaders;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent: a key and a value for a topic. The partition is the one named, else the
 * partitioner chooses it. The timestamp is the one named, else the time of the call to {@code
 * send}; a topic with {@code message.timestamp.type=LogAppendTime} puts the broker's time in its
 * place.
 *
 * @param <K> type of the key
 * @param <V> type of the value
 */
public class ProducerRecord<K, V> {

  private static final Header[] NO_HEADERS = {};

  private final String topic;
  private final @Nullable Integer partition;

  /** Made when someone asks for it: most records have no headers. */
  private @Nullable RecordHeaders headers;

  private boolean sent;
  private final @Nullable K key;
  private final @Nullable V value;
  private final @Nullable Long timestamp;

  /**
   * Creates a record.
   *
   * @param topic the topic
   * @param partition the number of the partition; null to have it chosen
   * @param timestamp milliseconds since 1970; null for the time of sending
   * @param key the key; null for none
   * @param value the value; null marks the key as deleted in a compacted topic
   * @param headers the headers; null for none
   * @throws IllegalArgumentException if the topic is null, or a number negative
   */
  public ProducerRecord(
      String topic,
      @Nullable Integer partition,
      @Nullable Long timestamp,
      @Nullable K key,
      @Nullable V value,
      @Nullable Iterable<Header> headers) {
    if (topic == null) {
      throw new IllegalArgumentException("A record needs a topic");
    }
    if (timestamp != null && timestamp < 0) {
      throw new IllegalArgumentException(
          "The timestamp of a record is never negative, but is " + timestamp);
    }
    if (partition != null && partition < 0) {
      throw new IllegalArgumentException(
          "The partition of a record is never negative, but is " + partition);
    }
    this.topic = topic;
    this.partition = partition;
    this.timestamp = timestamp;
    this.key = key;
    this.value = value;
    this.headers = headers == null ? null : new RecordHeaders(headers);
  }

  /**
   * Creates a record without headers.
   *
   * @param topic the topic
   * @param partition the number of the partition; null to have it chosen
   * @param timestamp milliseconds since 1970; null for the time of sending
   * @param key the key; null for none
   * @param value the value; null marks the key as deleted in a compacted topic
   * @throws IllegalArgumentException if the topic is null, or a number negative
   */
  public ProducerRecord(
      String topic,
      @Nullable Integer partition,
      @Nullable Long timestamp,
      @Nullable K key,
      @Nullable V value) {
    this(topic, partition, timestamp, key, value, null);
  }

  /**
   * Creates a record with the time of sending.
   *
   * @param topic the topic
   * @param partition the number of the partition; null to have it chosen
   * @param key the key; null for none
   * @param value the value; null marks the key as deleted in a compacted topic
   * @param headers the headers; null for none
   * @throws IllegalArgumentException if the topic is null, or the partition negative
   */
  public ProducerRecord(
      String topic,
      @Nullable Integer partition,
      @Nullable K key,
      @Nullable V value,
      @Nullable Iterable<Header> headers) {
    this(topic, partition, null, key, value, headers);
  }

  /**
   * Creates a record with the time of sending and no headers.
   *
   * @param topic the topic
   * @param partition the number of the partition; null to have it chosen
   * @param key the key; null for none
   * @param value the value; null marks the key as deleted in a compacted topic
   * @throws IllegalArgumentException if the topic is null, or the partition negative
   */
  public ProducerRecord(
      String topic, @Nullable Integer partition, @Nullable K key, @Nullable V value) {
    this(topic, partition, null, key, value, null);
  }

  /**
   * Creates a record whose partition is chosen by its key.
   *
   * @param topic the topic
   * @param key the key; null for none
   * @param value the value; null marks the key as deleted in a compacted topic
   * @throws IllegalArgumentException if the topic is null
   */
  public ProducerRecord(String topic, @Nullable K key, @Nullable V value) {
    this(topic, null, null, key, value, null);
  }

  /**
   * Creates a record without a key.
   *
   * @param topic the topic
   * @param value the value; may be null
   * @throws IllegalArgumentException if the topic is null
   */
  public ProducerRecord(String topic, @Nullable V value) {
    this(topic, null, null, null, value, null);
  }

  /** {@return the topic} */
  public String topic() {
    return topic;
  }

  /** {@return the headers; they can be added to until the record is sent} */
  public Headers headers() {
    RecordHeaders present = headers;
    if (present == null) {
      present = new RecordHeaders();
      if (sent) {
        present.setReadOnly();
      }
      headers = present;
    }
    return present;
  }

  /** Returns the headers that are sent, and takes no more from here on. */
  Header[] sealHeaders() {
    sent = true;
    RecordHeaders present = headers;
    if (present == null) {
      return NO_HEADERS;
    }
    present.setReadOnly();
    return present.toArray();
  }

  /** {@return the key, or null for none} */
  public @Nullable K key() {
    return key;
  }

  /** {@return the value, or null for none} */
  public @Nullable V value() {
    return value;
  }

  /** {@return the timestamp in milliseconds since 1970, or null for the time of sending} */
  public @Nullable Long timestamp() {
    return timestamp;
  }

  /** {@return the number of the partition, or null where it is to be chosen} */
  public @Nullable Integer partition() {
    return partition;
  }

  @Override
  public String toString() {
    return "ProducerRecord(topic="
        + topic
        + ", partition="
        + partition
        + ", headers="
        + headers()
        + ", key="
        + key
        + ", value="
        + value
        + ", timestamp="
        + timestamp
        + ")";
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof ProducerRecord<?, ?> other
        && topic.equals(other.topic)
        && Objects.equals(partition, other.partition)
        && Objects.equals(timestamp, other.timestamp)
        && Objects.equals(key, other.key)
        && Objects.equals(value, other.value)
        && headers().equals(other.headers());
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, partition, headers(), key, value, timestamp);
  }
}

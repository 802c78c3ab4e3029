package io.millstream.clients.producer;

import io.millstream.common.TopicPartition;

/** Where a record that was sent stands. Immutable. */
public final class RecordMetadata {

  /** In place of a partition: none was chosen before the record failed. */
  public static final int UNKNOWN_PARTITION = -1;

  private final TopicPartition topicPartition;
  private final long offset;
  private final long timestamp;
  private final int serializedKeySize;
  private final int serializedValueSize;

  /**
   * Describes where a record stands.
   *
   * @param topicPartition its partition
   * @param baseOffset the offset of its batch; -1 where it is not known
   * @param batchIndex its place in the batch, from 0
   * @param timestamp its timestamp in milliseconds since 1970; -1 where it is not known
   * @param serializedKeySize the bytes of its key; -1 for no key
   * @param serializedValueSize the bytes of its value; -1 for no value
   */
  public RecordMetadata(
      TopicPartition topicPartition,
      long baseOffset,
      int batchIndex,
      long timestamp,
      int serializedKeySize,
      int serializedValueSize) {
    this.topicPartition = topicPartition;
    this.offset = baseOffset == -1 ? -1 : baseOffset + batchIndex;
    this.timestamp = timestamp;
    this.serializedKeySize = serializedKeySize;
    this.serializedValueSize = serializedValueSize;
  }

  /** {@return whether the offset is known: with {@code acks=0} and after a failure it is not} */
  public boolean hasOffset() {
    return offset != -1;
  }

  /** {@return the offset of the record, or -1 where it is not known} */
  public long offset() {
    return offset;
  }

  /** {@return whether the timestamp is known} */
  public boolean hasTimestamp() {
    return timestamp != -1;
  }

  /** {@return the timestamp in milliseconds since 1970, or -1 where it is not known} */
  public long timestamp() {
    return timestamp;
  }

  /** {@return the bytes of the serialized key, or -1 for no key} */
  public int serializedKeySize() {
    return serializedKeySize;
  }

  /** {@return the bytes of the serialized value, or -1 for no value} */
  public int serializedValueSize() {
    return serializedValueSize;
  }

  /** {@return the topic} */
  public String topic() {
    return topicPartition.topic();
  }

  /** {@return the partition, or {@link #UNKNOWN_PARTITION}} */
  public int partition() {
    return topicPartition.partition();
  }

  /** Returns topic, partition and offset, as in {@code orders-3@17}. */
  @Override
  public String toString() {
    return topicPartition + "@" + offset;
  }
}

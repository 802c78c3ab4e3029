package io.millstream.common;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A partition of a topic together with the topic's id. Immutable. */
public class TopicIdPartition {

  private final Uuid topicId;
  private final TopicPartition topicPartition;

  /**
   * Names a partition.
   *
   * @param topicId the id of the topic; {@link Uuid#ZERO_UUID} where it is not known
   * @param topicPartition the partition
   */
  public TopicIdPartition(Uuid topicId, TopicPartition topicPartition) {
    this.topicId = Objects.requireNonNull(topicId, "topicId");
    this.topicPartition = Objects.requireNonNull(topicPartition, "topicPartition");
  }

  /**
   * Names a partition.
   *
   * @param topicId the id of the topic; {@link Uuid#ZERO_UUID} where it is not known
   * @param partition the number of the partition, from 0
   * @param topic the name of the topic; null where it is not known
   */
  @SuppressWarnings("NullAway") // Kafka's API has partitions whose topic is known by its id alone
  public TopicIdPartition(Uuid topicId, int partition, @Nullable String topic) {
    this(topicId, new TopicPartition(topic, partition));
  }

  /** Returns the id of the topic. */
  public Uuid topicId() {
    return topicId;
  }

  /** Returns the name of the topic; null where it is not known. */
  public String topic() {
    return topicPartition.topic();
  }

  /** Returns the number of the partition. */
  public int partition() {
    return topicPartition.partition();
  }

  /** Returns the partition without the id of its topic. */
  public TopicPartition topicPartition() {
    return topicPartition;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof TopicIdPartition other
        && topicId.equals(other.topicId)
        && topicPartition.equals(other.topicPartition);
  }

  @Override
  public int hashCode() {
    return 31 * topicId.hashCode() + topicPartition.hashCode();
  }

  /** Returns the id, a colon, and the partition. */
  @Override
  public String toString() {
    return topicId + ":" + topicPartition;
  }
}

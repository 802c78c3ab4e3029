package io.millstream.common;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A partition of a topic. Immutable. */
public final class TopicPartition implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String topic;
  private final int partition;
  private final int hash;

  /**
   * Names a partition.
   *
   * @param topic the name of the topic
   * @param partition the number of the partition, from 0
   */
  public TopicPartition(String topic, int partition) {
    this.topic = topic;
    this.partition = partition;
    this.hash = 31 * partition + (topic == null ? 0 : topic.hashCode());
  }

  /** Returns the number of the partition, from 0. */
  public int partition() {
    return partition;
  }

  /** Returns the name of the topic. */
  public String topic() {
    return topic;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public boolean equals(@Nullable Object obj) {
    return this == obj
        || (obj instanceof TopicPartition other
            && partition == other.partition
            && Objects.equals(topic, other.topic));
  }

  /** Returns the topic, a dash and the partition. */
  @Override
  public String toString() {
    return topic + "-" + partition;
  }
}

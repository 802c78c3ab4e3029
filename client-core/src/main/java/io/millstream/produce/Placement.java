package io.millstream.produce;

import io.millstream.clients.producer.Partitioner;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.common.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * Which partition a record goes to, as far as that is decided on the thread of the caller: the one
 * the record names, or the one that the user's own partitioner chooses. Any thread may use it.
 */
public final class Placement {

  /** The partition is chosen by key or chance when the record is taken over. */
  public static final int CHOOSE = WaitingRecord.CHOOSE;

  private final @Nullable Partitioner partitioner;
  private final CallerMetadata metadata;

  /**
   * Creates a placement.
   *
   * @param partitioner the user's own, null for the built-in way
   * @param metadata what a partitioner gets to see
   */
  public Placement(@Nullable Partitioner partitioner, CallerMetadata metadata) {
    this.partitioner = partitioner;
    this.metadata = metadata;
  }

  /**
   * Returns the partition of a record, {@link #CHOOSE} where it is chosen later. With a partitioner
   * this waits until the topic is known.
   *
   * @param deadlineNanos when to give up waiting
   * @throws IllegalArgumentException if the partitioner chooses a partition that there is not
   * @throws InterruptedException if the caller gets interrupted
   */
  public int partition(
      ProducerRecord<?, ?> record,
      byte @Nullable [] key,
      byte @Nullable [] value,
      long deadlineNanos)
      throws InterruptedException {
    Integer named = record.partition();
    if (named != null) {
      return named;
    }
    if (partitioner == null) {
      return CHOOSE;
    }
    Cluster cluster = metadata.clusterWith(record.topic(), deadlineNanos);
    int chosen =
        partitioner.partition(record.topic(), record.key(), key, record.value(), value, cluster);
    int known = cluster.partitionsForTopic(record.topic()).size();
    if (chosen < 0 || chosen >= known) {
      throw new IllegalArgumentException(
          "The partitioner %s chose partition %d for a record of topic %s, which has the partitions 0 to %d"
              .formatted(partitioner.getClass().getName(), chosen, record.topic(), known - 1));
    }
    return chosen;
  }
}

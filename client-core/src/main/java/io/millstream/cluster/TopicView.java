package io.millstream.cluster;

import io.millstream.common.Uuid;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One topic as the client knows it.
 *
 * @param name its name
 * @param topicId its id, {@link Uuid#ZERO_UUID} where the brokers are too old to have ids
 * @param internal whether it belongs to the brokers themselves
 * @param partitions all partitions, by number
 * @param formerIds the ids of topics of this name that were deleted; a broker that lags behind may
 *     still tell of them
 * @param doubts how many answers in a row told of one of these
 */
public record TopicView(
    String name,
    Uuid topicId,
    boolean internal,
    List<PartitionView> partitions,
    Set<Uuid> formerIds,
    int doubts) {

  /** Copies the collections. */
  public TopicView {
    partitions = List.copyOf(partitions);
    formerIds = Set.copyOf(formerIds);
  }

  TopicView withPartitions(List<PartitionView> others) {
    return new TopicView(name, topicId, internal, others, formerIds, 0);
  }

  TopicView doubted() {
    return new TopicView(name, topicId, internal, partitions, formerIds, doubts + 1);
  }

  /** Says whether the id is known. */
  public boolean hasId() {
    return !topicId.equals(Uuid.ZERO_UUID);
  }

  /** Returns a partition, null if there is none of this number. */
  public @Nullable PartitionView partition(int number) {
    if (number >= 0 && number < partitions.size()) {
      PartitionView candidate = partitions.get(number);
      if (candidate.partition() == number) {
        return candidate;
      }
    }
    for (PartitionView candidate : partitions) {
      if (candidate.partition() == number) {
        return candidate;
      }
    }
    return null;
  }
}

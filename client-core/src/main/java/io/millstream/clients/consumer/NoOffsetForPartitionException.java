package io.millstream.clients.consumer;

import io.millstream.common.TopicPartition;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The group has committed no offset for a partition, and {@code auto.offset.reset} is {@code none}.
 */
public class NoOffsetForPartitionException extends InvalidOffsetException {

  private static final long serialVersionUID = 1L;

  private final LinkedHashSet<TopicPartition> partitions;

  /**
   * Creates the exception for one partition.
   *
   * @param partition the partition
   */
  public NoOffsetForPartitionException(TopicPartition partition) {
    this(List.of(partition));
  }

  /**
   * Creates the exception.
   *
   * @param partitions the partitions
   */
  public NoOffsetForPartitionException(Collection<TopicPartition> partitions) {
    super(
        "No offset was committed for "
            + partitions
            + ", and auto.offset.reset=none forbids choosing one: seek to an offset, or set"
            + " auto.offset.reset to earliest, latest or by_duration");
    this.partitions = new LinkedHashSet<>(partitions);
  }

  @Override
  public Set<TopicPartition> partitions() {
    return Collections.unmodifiableSet(partitions);
  }
}

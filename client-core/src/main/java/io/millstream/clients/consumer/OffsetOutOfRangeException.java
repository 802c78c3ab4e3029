package io.millstream.clients.consumer;

import io.millstream.common.TopicPartition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A consumer stands at an offset that the partition does not hold (any more), and {@code
 * auto.offset.reset} is {@code none}.
 */
public class OffsetOutOfRangeException extends InvalidOffsetException {

  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<TopicPartition, Long> offsetOutOfRangePartitions;

  /**
   * Creates the exception with a message that lists the partitions.
   *
   * @param offsetOutOfRangePartitions the partitions with the offset at which the consumer stands
   */
  public OffsetOutOfRangeException(Map<TopicPartition, Long> offsetOutOfRangePartitions) {
    this(
        "The partitions do not hold the offsets asked for, and auto.offset.reset=none forbids"
            + " choosing others: seek, or set auto.offset.reset. Partitions: "
            + offsetOutOfRangePartitions,
        offsetOutOfRangePartitions);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param offsetOutOfRangePartitions the partitions with the offset at which the consumer stands
   */
  public OffsetOutOfRangeException(
      @Nullable String message, Map<TopicPartition, Long> offsetOutOfRangePartitions) {
    super(message);
    this.offsetOutOfRangePartitions = new LinkedHashMap<>(offsetOutOfRangePartitions);
  }

  /** {@return the partitions with the offset at which the consumer stands} */
  public Map<TopicPartition, Long> offsetOutOfRangePartitions() {
    return Collections.unmodifiableMap(offsetOutOfRangePartitions);
  }

  @Override
  public Set<TopicPartition> partitions() {
    return Collections.unmodifiableSet(offsetOutOfRangePartitions.keySet());
  }
}

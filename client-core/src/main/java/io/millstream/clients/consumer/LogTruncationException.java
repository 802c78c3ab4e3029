package io.millstream.clients.consumer;

import io.millstream.common.TopicPartition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log of a partition was cut back behind the consumer (KIP-320): records it has read are gone,
 * and others may stand at their offsets.
 */
public class LogTruncationException extends OffsetOutOfRangeException {

  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<TopicPartition, OffsetAndMetadata> divergentOffsets;

  /**
   * Creates the exception with a message that lists the partitions.
   *
   * @param fetchOffsets the offsets at which the consumer stands
   * @param divergentOffsets the first offset that differs, where it is known
   */
  public LogTruncationException(
      Map<TopicPartition, Long> fetchOffsets,
      Map<TopicPartition, OffsetAndMetadata> divergentOffsets) {
    this(
        "Records that were read are gone from "
            + fetchOffsets.keySet()
            + "; the first offsets that differ are "
            + divergentOffsets,
        fetchOffsets,
        divergentOffsets);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param fetchOffsets the offsets at which the consumer stands
   * @param divergentOffsets the first offset that differs, where it is known
   */
  public LogTruncationException(
      @Nullable String message,
      Map<TopicPartition, Long> fetchOffsets,
      Map<TopicPartition, OffsetAndMetadata> divergentOffsets) {
    super(message, fetchOffsets);
    this.divergentOffsets = new LinkedHashMap<>(divergentOffsets);
  }

  /** {@return for each partition the first offset that differs, where it is known} */
  public Map<TopicPartition, OffsetAndMetadata> divergentOffsets() {
    return Collections.unmodifiableMap(divergentOffsets);
  }
}

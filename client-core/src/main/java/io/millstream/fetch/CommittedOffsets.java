package io.millstream.fetch;

import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Where a consumer's group tells what it has committed. Called on the event loop. */
public interface CommittedOffsets {

  /** Of a consumer without group: nothing is committed. */
  CommittedOffsets NONE = (partitions, deadlineNanos, result) -> result.accept(Map.of(), null);

  /**
   * Asks.
   *
   * @param partitions of any topics
   * @param deadlineNanos on the loop's clock
   * @param result gets the offsets, none where a partition has none, and no exception; or null and
   *     why not; once, on the loop, perhaps within this call
   */
  void fetch(
      Set<TopicPartition> partitions,
      long deadlineNanos,
      BiConsumer<
              @Nullable Map<TopicPartition, @Nullable OffsetAndMetadata>,
              @Nullable RuntimeException>
          result);
}

package io.millstream.integration;

import io.millstream.clients.producer.Partitioner;
import io.millstream.common.Cluster;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Always the partition with the highest number. */
public final class LastPartition implements Partitioner {

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public int partition(
      String topic,
      @Nullable Object key,
      byte @Nullable [] keyBytes,
      @Nullable Object value,
      byte @Nullable [] valueBytes,
      Cluster cluster) {
    return cluster.partitionsForTopic(topic).size() - 1;
  }

  @Override
  public void close() {}
}

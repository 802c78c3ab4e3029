package io.millstream.clients.producer;

import io.millstream.common.Cluster;
import io.millstream.common.PartitionInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends the records of a topic to its partitions in turn, whatever their keys. Partitions without a
 * leader are left out while any other has one. Any number of threads may use one.
 *
 * <p>Records spread over all partitions make small batches. Without keys, the producer's own way,
 * which fills the batch of one partition and moves on, costs less.
 */
public class RoundRobinPartitioner implements Partitioner {

  private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

  /** Creates a partitioner whose turns begin with the first partition of every topic. */
  public RoundRobinPartitioner() {}

  /** Takes no settings. */
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
    int turn = turns.computeIfAbsent(topic, first -> new AtomicInteger()).getAndIncrement();
    List<PartitionInfo> partitions = cluster.availablePartitionsForTopic(topic);
    if (partitions.isEmpty()) {
      partitions = cluster.partitionsForTopic(topic);
    }
    return partitions.get((turn & Integer.MAX_VALUE) % partitions.size()).partition();
  }

  /** Does nothing. */
  @Override
  public void close() {}
}

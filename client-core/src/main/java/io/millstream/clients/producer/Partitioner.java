package io.millstream.clients.producer;

import io.millstream.common.Cluster;
import io.millstream.common.Configurable;
import java.io.Closeable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the partition of a record that names none. Called on the threads that send. A lambda will
 * do. An instance that the application made is not configured, but closed with its producer.
 */
public interface Partitioner extends Configurable, Closeable {

  /**
   * Chooses a partition.
   *
   * @param topic the topic of the record
   * @param key the key; null for none
   * @param keyBytes the serialized key; null for none
   * @param value the value; null for none
   * @param valueBytes the serialized value; null for none
   * @param cluster what is known of the cluster; the topic's partitions are part of it
   * @return the number of the partition, from 0
   */
  int partition(
      String topic,
      @Nullable Object key,
      byte @Nullable [] keyBytes,
      @Nullable Object value,
      byte @Nullable [] valueBytes,
      Cluster cluster);

  /**
   * Called once if the producer created the instance from a class name. Does nothing by default.
   */
  @Override
  default void configure(Map<String, ?> configs) {}

  /** Called when the producer is closed. Does nothing by default. */
  @Override
  default void close() {}
}

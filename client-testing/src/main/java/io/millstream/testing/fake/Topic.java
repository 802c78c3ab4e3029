package io.millstream.testing.fake;

import io.millstream.common.Uuid;
import io.millstream.common.record.TimestampType;
import java.util.List;

/**
 * A topic.
 *
 * @param name its name
 * @param id its id
 * @param replicationFactor on how many brokers it lies
 * @param settings how its logs are kept
 * @param partitions by their numbers
 */
record Topic(
    String name, Uuid id, int replicationFactor, Settings settings, List<Partition> partitions) {

  /**
   * How its logs are kept.
   *
   * @param maxMessageBytes {@code max.message.bytes}, the largest batch
   * @param timestampType {@code message.timestamp.type}
   */
  record Settings(int maxMessageBytes, TimestampType timestampType) {

    static final Settings DEFAULTS = new Settings(1_048_588, TimestampType.CREATE_TIME);
  }
}

package io.millstream.testing.fake;

import io.millstream.common.Uuid;
import io.millstream.common.record.TimestampType;
import java.util.List;
import java.util.Map;

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
   * @param compacted whether {@code cleanup.policy} has {@code compact}, so that each record must
   *     have a key; nothing is compacted
   */
  record Settings(int maxMessageBytes, TimestampType timestampType, boolean compacted) {

    static final Settings DEFAULTS = new Settings(1_048_588, TimestampType.CREATE_TIME, false);

    /** Reads the configuration of a topic; what is not known here has no effect. */
    static Settings of(Map<String, String> configuration) {
      String maxMessageBytes = configuration.get("max.message.bytes");
      return new Settings(
          maxMessageBytes == null ? DEFAULTS.maxMessageBytes : Integer.parseInt(maxMessageBytes),
          "LogAppendTime".equals(configuration.get("message.timestamp.type"))
              ? TimestampType.LOG_APPEND_TIME
              : TimestampType.CREATE_TIME,
          configuration.getOrDefault("cleanup.policy", "delete").contains("compact"));
    }
  }
}

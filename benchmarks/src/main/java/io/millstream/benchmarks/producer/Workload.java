package io.millstream.benchmarks.producer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a producer is given to do.
 *
 * @param kind how it is measured
 * @param valueBytes bytes of a value
 * @param partitions of the topic
 * @param threads that send
 * @param perSecond how many records a second, where they are paced
 * @param keyed whether records have keys, made while sending
 * @param settings of the producer, beside where to find the broker
 */
record Workload(
    Kind kind,
    int valueBytes,
    int partitions,
    int threads,
    int perSecond,
    boolean keyed,
    Map<String, Object> settings) {

  /** How a workload is measured. */
  enum Kind {
    /** As many records as go through. */
    BURST,
    /** So many records a second. */
    PACED,
    /** From the start of the JVM to the first acknowledgement. */
    FIRST_RECORD,
    /** Nothing to send after the first record. */
    IDLE
  }

  private static final int USUAL_PARTITIONS = 6;
  private static final int USUAL_PER_SECOND = 2_000;

  static Workload of(Kind kind, int valueBytes) {
    return new Workload(kind, valueBytes, USUAL_PARTITIONS, 1, USUAL_PER_SECOND, false, Map.of());
  }

  Workload withPartitions(int count) {
    return new Workload(kind, valueBytes, count, threads, perSecond, keyed, settings);
  }

  Workload withThreads(int count) {
    return new Workload(kind, valueBytes, partitions, count, perSecond, keyed, settings);
  }

  Workload withPace(int recordsPerSecond) {
    return new Workload(kind, valueBytes, partitions, threads, recordsPerSecond, keyed, settings);
  }

  Workload withKeys() {
    return new Workload(kind, valueBytes, partitions, threads, perSecond, true, settings);
  }

  Workload with(String setting, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(settings);
    more.put(setting, value);
    return new Workload(kind, valueBytes, partitions, threads, perSecond, keyed, Map.copyOf(more));
  }

  String codec() {
    return settings.getOrDefault("compression.type", "none").toString();
  }
}

package io.millstream.clients.producer;

import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The transactions of a {@link MockProducer}. Used under its lock. */
final class MockTransactions<K, V> {

  private final List<ProducerRecord<K, V>> openRecords = new ArrayList<>();
  private final List<Map<String, Map<TopicPartition, OffsetAndMetadata>>> offsetsHistory =
      new ArrayList<>();
  private Map<String, Map<TopicPartition, OffsetAndMetadata>> openOffsets = new HashMap<>();
  private boolean initialized;
  private boolean inFlight;
  private boolean committed;
  private boolean aborted;
  private boolean sentOffsets;
  private long commitCount;

  void requireUninitialized() {
    if (initialized) {
      throw new IllegalStateException(
          "MockProducer has already been initialized for transactions.");
    }
  }

  void initialize() {
    initialized = true;
    restart(false);
  }

  void requireInitialized() {
    if (!initialized) {
      throw new IllegalStateException(
          "MockProducer hasn't been initialized for transactions: call initTransactions() first");
    }
  }

  void requireInFlight() {
    requireInitialized();
    if (!inFlight) {
      throw new IllegalStateException("There is no open transaction.");
    }
  }

  void begin() {
    if (inFlight) {
      throw new IllegalStateException("Transaction already started");
    }
    restart(true);
  }

  private void restart(boolean isInFlight) {
    inFlight = isInFlight;
    committed = false;
    aborted = false;
    sentOffsets = false;
  }

  void add(ProducerRecord<K, V> record) {
    openRecords.add(record);
  }

  void addOffsets(String group, Map<TopicPartition, OffsetAndMetadata> offsets) {
    openOffsets.computeIfAbsent(group, first -> new HashMap<>()).putAll(offsets);
    sentOffsets = true;
  }

  /** Ends the transaction and returns its records. */
  List<ProducerRecord<K, V>> commit() {
    List<ProducerRecord<K, V>> records = List.copyOf(openRecords);
    if (!openOffsets.isEmpty()) {
      offsetsHistory.add(openOffsets);
    }
    end();
    committed = true;
    commitCount++;
    return records;
  }

  void abort() {
    end();
    aborted = true;
  }

  private void end() {
    openRecords.clear();
    openOffsets = new HashMap<>();
    inFlight = false;
    committed = false;
    aborted = false;
  }

  void clear() {
    openRecords.clear();
    openOffsets = new HashMap<>();
    offsetsHistory.clear();
    sentOffsets = false;
  }

  boolean isInitialized() {
    return initialized;
  }

  boolean isInFlight() {
    return inFlight;
  }

  boolean isCommitted() {
    return committed;
  }

  boolean isAborted() {
    return aborted;
  }

  boolean hasSentOffsets() {
    return sentOffsets;
  }

  long commitCount() {
    return commitCount;
  }

  List<ProducerRecord<K, V>> openRecords() {
    return new ArrayList<>(openRecords);
  }

  List<Map<String, Map<TopicPartition, OffsetAndMetadata>>> offsetsHistory() {
    return new ArrayList<>(offsetsHistory);
  }

  Map<String, Map<TopicPartition, OffsetAndMetadata>> openOffsets() {
    return openOffsets;
  }
}

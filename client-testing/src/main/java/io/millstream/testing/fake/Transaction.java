package io.millstream.testing.fake;

import io.millstream.common.TopicPartition;
import io.millstream.testing.fake.ClusterState.ProducerIdentity;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the coordinator of a transactional id knows of it. Belongs to the host's thread. */
final class Transaction {

  static final Comparator<TopicPartition> BY_NAME =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  /** Where it stands. */
  enum State {
    EMPTY,
    ONGOING,
    ENDING,
    COMPLETE
  }

  final String id;
  final Set<Partition> partitions = new LinkedHashSet<>();
  final Map<String, Map<TopicPartition, CommittedOffset>> offsets = new TreeMap<>();
  ProducerIdentity producer;

  /** The epoch that the producer of now had before, where it is the same one; else -1. */
  int lastEpoch = -1;

  State state = State.EMPTY;

  /** Whether the last end was asked for by version 2 of the protocol. */
  boolean isVersionTwo;

  /** How it ended last. */
  boolean committed;

  int markersLeft;
  int timeoutMillis;

  /** Counts the transactions. */
  int number;

  Transaction(String id, ProducerIdentity producer) {
    this.id = id;
    this.producer = producer;
  }

  void begin() {
    state = State.ONGOING;
    number++;
  }

  void complete() {
    state = State.COMPLETE;
    partitions.clear();
    offsets.clear();
  }

  boolean isAtRest() {
    return state == State.EMPTY || state == State.COMPLETE;
  }
}

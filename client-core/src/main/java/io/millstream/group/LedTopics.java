package io.millstream.group;

import java.util.Map;
import java.util.Set;

/**
 * The topics whose partitions the leader divided, and how many there were. A topic that did not
 * exist then has no count, and is noticed when it appears.
 */
record LedTopics(Set<String> topics, Map<String, Integer> partitionCounts) {

  /** What a member leads that is no leader. */
  static final LedTopics NONE = new LedTopics(Set.of(), Map.of());

  static LedTopics of(Set<String> topics, GroupTopics known) {
    return new LedTopics(topics, known.partitionCounts(topics));
  }

  /** Says whether the partitions must be divided anew. */
  boolean differsFrom(LedTopics other) {
    return !partitionCounts.equals(other.partitionCounts);
  }
}

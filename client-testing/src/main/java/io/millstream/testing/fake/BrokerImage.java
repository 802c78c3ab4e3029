package io.millstream.testing.fake;

import io.millstream.common.Uuid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one broker knows of topics and leaders. News reach it late, and not in their order. */
final class BrokerImage {

  /**
   * Who leads a partition.
   *
   * @param brokerId the leader, {@link Partition#NO_LEADER} for none
   * @param epoch since which epoch
   */
  record Leader(int brokerId, int epoch) {}

  private static final Leader UNKNOWN = new Leader(Partition.NO_LEADER, 0);

  private final Map<Uuid, Topic> topics = new LinkedHashMap<>();
  private final Map<Uuid, Topic> deleted = new LinkedHashMap<>();
  private final Map<Partition, Leader> leaders = new LinkedHashMap<>();

  void learn(Topic topic) {
    if (!deleted.containsKey(topic.id())) {
      topics.put(topic.id(), topic);
    }
  }

  void learn(Topic topic, Partition partition, Leader leader) {
    learn(topic);
    leaders.merge(partition, leader, (old, next) -> next.epoch > old.epoch ? next : old);
  }

  void forget(Topic topic) {
    deleted.put(topic.id(), topic);
    topics.remove(topic.id());
    topic.partitions().forEach(leaders::remove);
  }

  List<Topic> topics() {
    return List.copyOf(topics.values());
  }

  @Nullable Topic find(Uuid id) {
    return topics.get(id);
  }

  /** Finds the topic of a name; of two, the one that was learned last. */
  @Nullable Topic find(String name) {
    Topic found = null;
    for (Topic topic : topics.values()) {
      if (topic.name().equals(name)) {
        found = topic;
      }
    }
    return found;
  }

  Leader leader(Partition partition) {
    return leaders.getOrDefault(partition, UNKNOWN);
  }
}

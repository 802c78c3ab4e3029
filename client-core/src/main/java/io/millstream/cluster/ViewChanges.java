package io.millstream.cluster;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what has become of topics and leaders from one view of the cluster to the next. */
final class ViewChanges {

  private static final Logger LOG = LoggerFactory.getLogger(Metadata.class);

  private ViewChanges() {}

  /**
   * Logs the changes; nothing of what only becomes known.
   *
   * @param client whose view it is
   */
  static void log(String client, ClusterView previous, ClusterView next) {
    for (TopicView topic : next.topics()) {
      TopicView before = previous.topic(topic.name());
      TopicView last = before == null ? departed(previous, topic.name()) : before;
      if (last != null && last.hasId() && !last.topicId().equals(topic.topicId())) {
        LOG.info(
            "{}: topic {} was deleted and created again: its id changed from {} to {}",
            client,
            topic.name(),
            last.topicId(),
            topic.topicId());
      } else if (before != null) {
        topic.partitions().forEach(partition -> logLeader(client, before, partition));
      }
    }
  }

  private static @Nullable TopicView departed(ClusterView view, String name) {
    for (TopicView topic : view.departed()) {
      if (topic.name().equals(name)) {
        return topic;
      }
    }
    return null;
  }

  private static void logLeader(String client, TopicView before, PartitionView partition) {
    PartitionView old = before.partition(partition.partition());
    if (old != null && old.leaderId() != partition.leaderId()) {
      LOG.info(
          "{}: the leader of {}-{} moved from {} to {} (leader epoch {})",
          client,
          before.name(),
          partition.partition(),
          old.leaderId(),
          partition.leaderId(),
          partition.leaderEpoch());
    }
  }
}

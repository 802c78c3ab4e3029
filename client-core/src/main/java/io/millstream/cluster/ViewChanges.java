package io.millstream.cluster;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what has become of topics and leaders from one view of the cluster to the next. */
final class ViewChanges {

  private static final Logger LOG = LoggerFactory.getLogger(Metadata.class);

  /** So many leaders are named where more have moved at once, as with a broker that stops. */
  private static final int MOST_NAMED = 10;

  private ViewChanges() {}

  /**
   * Logs the changes; nothing of what only becomes known.
   *
   * @param client whose view it is
   */
  static void log(String client, ClusterView previous, ClusterView next) {
    List<String> moves = new ArrayList<>();
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
        topic.partitions().forEach(partition -> noteLeader(before, partition, moves));
      }
    }
    moves.stream().limit(MOST_NAMED).forEach(move -> LOG.info("{}: {}", client, move));
    if (moves.size() > MOST_NAMED) {
      LOG.info("{}: {} more leaders moved", client, moves.size() - MOST_NAMED);
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

  private static void noteLeader(TopicView before, PartitionView partition, List<String> moves) {
    PartitionView old = before.partition(partition.partition());
    if (old != null && old.leaderId() != partition.leaderId()) {
      moves.add(
          "the leader of %s-%d moved from %d to %d (leader epoch %d)"
              .formatted(
                  before.name(),
                  partition.partition(),
                  old.leaderId(),
                  partition.leaderId(),
                  partition.leaderEpoch()));
    }
  }
}

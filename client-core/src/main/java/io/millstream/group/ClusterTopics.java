package io.millstream.group;

import io.millstream.cluster.ClusterView;
import io.millstream.cluster.Metadata;
import io.millstream.cluster.PublicCluster;
import io.millstream.cluster.TopicView;
import io.millstream.common.Cluster;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.network.EventLoop;
import io.millstream.protocol.ErrorCode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The topics of a group out of the client's metadata. */
public final class ClusterTopics implements GroupTopics {

  private final EventLoop loop;
  private final Metadata metadata;
  private Set<String> wanted = Set.of();
  private @Nullable Waiting waiting;

  private record Waiting(Set<String> topics, Runnable task) {}

  /**
   * Creates it; called where the loop is built.
   *
   * @param loop the client's
   * @param metadata of the client
   */
  public ClusterTopics(EventLoop loop, Metadata metadata) {
    this.loop = loop;
    this.metadata = metadata;
    metadata.onChange((previous, current) -> look());
  }

  @Override
  public void want(Set<String> topics) {
    Set<String> before = wanted;
    wanted = new TreeSet<>(topics);
    wanted.forEach(metadata::hold);
    before.forEach(metadata::release);
  }

  @Override
  public void whenKnown(Set<String> topics, Runnable task) {
    if (known(topics)) {
      waiting = null;
      loop.execute(task);
    } else {
      waiting = new Waiting(topics, task);
      metadata.requestRefresh("the group's leader needs its topics");
    }
  }

  private void look() {
    Waiting one = waiting;
    if (one != null && known(one.topics)) {
      waiting = null;
      one.task.run();
    }
  }

  private boolean known(Set<String> topics) {
    ClusterView view = metadata.view();
    return topics.stream()
        .allMatch(topic -> view.topic(topic) != null || view.error(topic) != ErrorCode.NONE);
  }

  @Override
  public Map<String, Integer> partitionCounts(Set<String> topics) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String topic : topics) {
      TopicView view = metadata.view().topic(topic);
      if (view != null) {
        counts.put(topic, view.partitions().size());
      }
    }
    return counts;
  }

  @Override
  public boolean isMissing(String topic) {
    return metadata.view().error(topic) == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  }

  @Override
  public boolean isMissing(TopicPartition partition) {
    return metadata.view().partition(partition.topic(), partition.partition()) == null;
  }

  @Override
  public Cluster cluster() {
    return PublicCluster.of(metadata.view());
  }

  @Override
  public @Nullable Uuid topicId(String topic) {
    TopicView view = metadata.view().topic(topic);
    return view != null && view.hasId() ? view.topicId() : null;
  }

  @Override
  public void refresh(String reason) {
    metadata.requestRefresh(reason);
  }

  @Override
  public void onChange(Runnable task) {
    metadata.onChange((previous, current) -> task.run());
  }
}

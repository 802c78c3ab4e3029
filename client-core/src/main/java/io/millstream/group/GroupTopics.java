package io.millstream.group;

import io.millstream.common.Cluster;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The topics of a group as the client's cluster view knows them. Owned by the event loop. */
public interface GroupTopics {

  /**
   * Keeps topics in the cluster view, in place of those given before.
   *
   * @param topics all that this member needs: its own, and as leader those of the others
   */
  void want(Set<String> topics);

  /**
   * Runs a task, on the loop and never before this returned, once all topics are known, or the
   * cluster was asked for them and did not know them; in place of a task that still waits.
   *
   * @param topics wanted ones
   * @param task what to run
   */
  void whenKnown(Set<String> topics, Runnable task);

  /**
   * Returns how many partitions each topic has; those that do not exist are left out.
   *
   * @param topics wanted ones
   */
  Map<String, Integer> partitionCounts(Set<String> topics);

  /** Says whether the cluster was asked for a topic and said that there is none of that name. */
  boolean isMissing(String topic);

  /**
   * Says whether a partition is not in the view: there is none, or nobody has asked for its topic.
   */
  boolean isMissing(TopicPartition partition);

  /** Returns the view in the form that assignors get. */
  Cluster cluster();

  /** Returns the id of a topic, or null where it is not known. */
  @Nullable Uuid topicId(String topic);

  /**
   * Has the view renewed soon.
   *
   * @param reason for the log
   */
  void refresh(String reason);

  /**
   * Has a task run on the loop after each change of the view.
   *
   * @param task what to run
   */
  void onChange(Runnable task);
}

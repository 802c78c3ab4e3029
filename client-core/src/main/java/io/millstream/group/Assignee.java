package io.millstream.group;

import io.millstream.common.TopicPartition;
import java.util.List;

/**
 * The consumer as the one that partitions are given to and taken from. Called by the steps of
 * {@link MemberEvents#inPoll}, so on the polling thread and inside {@code poll}. Nothing here
 * throws: what a listener threw is thrown by {@code poll} after the step.
 */
public interface Assignee {

  /**
   * From now on no record of these partitions is handed out; their positions stay. The first step
   * of each rebalance, called with no partitions too.
   *
   * @param partitions what may soon be taken away
   */
  void hold(List<TopicPartition> partitions);

  /**
   * Runs the listener's {@code onPartitionsRevoked}, then takes the partitions away.
   *
   * @param partitions all that were assigned, perhaps none
   */
  void revoke(List<TopicPartition> partitions);

  /**
   * Takes partitions away that somebody else may own already, and runs the listener's {@code
   * onPartitionsLost}.
   *
   * @param partitions all that were assigned, at least one
   */
  void lost(List<TopicPartition> partitions);

  /**
   * Replaces the assignment, then runs the listener's {@code onPartitionsAssigned}.
   *
   * @param partitions the whole new assignment, perhaps none
   */
  void assign(List<TopicPartition> partitions);
}

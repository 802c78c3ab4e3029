package io.millstream.group;

import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.InvalidGroupIdException;
import java.util.Map;
import java.util.Set;

/**
 * All that a consumer has to do with its group. Owned by the event loop, but for {@link #polling}
 * and {@link #metadata}, which any thread may call, and {@link #assignmentTaken}.
 */
public sealed interface ConsumerGroup permits ClassicGroup, WithoutGroup {

  /** Returns where the consumer notes each poll. */
  PollActivity polling();

  /**
   * Returns what the consumer is in its group right now.
   *
   * @throws InvalidGroupIdException if it has none
   */
  ConsumerGroupMetadata metadata();

  /**
   * Sets the topics to be read as a member of the group. The member joins in the next poll, and
   * again whenever the topics change.
   *
   * @param topics at least one
   * @throws InvalidGroupIdException if the consumer has no group
   */
  void subscribe(Set<String> topics);

  /**
   * Rebalances in the next poll; without effect while a rebalance is under way or before the member
   * has joined.
   *
   * @param reason why, for the coordinator's log
   * @throws InvalidGroupIdException if the consumer has no group
   */
  void rejoin(String reason);

  /**
   * Leaves the group. What was assigned is taken away by the consumer itself before, see {@link
   * #assignmentTaken}.
   *
   * @param deadlineNanos until when the coordinator may be told, on the loop's clock
   * @param done runs once, on the loop, perhaps within this call
   */
  void unsubscribe(long deadlineNanos, Runnable done);

  /**
   * Called by the holder of the poll permit when the consumer took its partitions away itself: on
   * closing, or with another kind of subscription.
   */
  void assignmentTaken();

  /** Partitions were assigned by hand, in place of any before. */
  void assignedByHand();

  /**
   * The consumer gives partitions up by itself: auto commit commits them, and nobody waits for it.
   *
   * @param offsets what auto commit may commit of them
   */
  void leaving(Map<TopicPartition, OffsetAndMetadata> offsets);

  /**
   * Returns the commits of the group, also for partitions assigned by hand.
   *
   * @throws InvalidGroupIdException if the consumer has no group
   */
  OffsetCommits commits();

  /**
   * Commits for the last time what auto commit would, if it is on, and waits for all commits that
   * were asked for before.
   *
   * @param deadlineNanos until when, on the loop's clock
   * @param done runs once, on the loop, perhaps within this call
   */
  void commitOnClose(long deadlineNanos, Runnable done);

  /**
   * Ends everything; a dynamic member leaves the group.
   *
   * @param deadlineNanos until when the coordinator may be told, on the loop's clock
   * @param done runs once, on the loop, perhaps within this call
   */
  void close(long deadlineNanos, Runnable done);
}

package io.millstream.group;

import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.ConsumerPartitionAssignor;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.network.EventLoop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A consumer's group by the classic protocol (before KIP-848). */
public final class ClassicGroup implements ConsumerGroup {

  private final EventLoop loop;
  private final PollActivity polling;
  private final ClassicMember member;
  private final OffsetCommits commits;
  private final AutoCommit autoCommit;
  private final GroupTopics topics;

  /**
   * What the consumer is to its group.
   *
   * @param events runs steps in poll
   * @param assignee gets and gives up partitions
   * @param assignors in order of preference, at least one
   * @param snapshot the offsets that auto commit may commit: as they were when the latest poll was
   *     entered; any thread
   */
  public record Consumer(
      MemberEvents events,
      Assignee assignee,
      List<ConsumerPartitionAssignor> assignors,
      Supplier<Map<TopicPartition, OffsetAndMetadata>> snapshot) {}

  /**
   * Creates a group that the consumer has not joined yet; called where the loop is built.
   *
   * @param loop the client's
   * @param link the way to the coordinator
   * @param topics what the client knows of topics
   * @param settings of the group
   * @param autoCommitSettings whether and when to commit without being asked
   * @param consumer the other side
   */
  public ClassicGroup(
      EventLoop loop,
      CoordinatorLink link,
      GroupTopics topics,
      GroupSettings settings,
      AutoCommit.Settings autoCommitSettings,
      Consumer consumer) {
    this.loop = loop;
    this.topics = topics;
    this.polling = new PollActivity(loop.nanoTime());
    CoordinatorCalls calls = new CoordinatorCalls(loop, link, settings.backOffNanos());
    this.member =
        new ClassicMember(
            calls,
            settings,
            topics,
            consumer.events,
            new ClassicMember.Side(consumer.assignee, consumer.assignors, polling));
    this.commits = new OffsetCommits(calls, settings, topics, member.standing());
    this.autoCommit =
        new AutoCommit(
            loop,
            commits,
            settings,
            autoCommitSettings,
            () -> withoutMissing(consumer.snapshot.get(), topics),
            member.status()::generation);
    member.before(autoCommit::beforeRebalance);
    member.beforeFarewell(commits::whenSettled);
    autoCommit.start();
  }

  /**
   * Leaves deleted topics out: their commits would be tried again for as long as a rebalance may
   * take, and then count for a topic that was created under the same name.
   */
  private static Map<TopicPartition, OffsetAndMetadata> withoutMissing(
      Map<TopicPartition, OffsetAndMetadata> offsets, GroupTopics topics) {
    Map<TopicPartition, OffsetAndMetadata> left = new LinkedHashMap<>(offsets);
    left.keySet().removeIf(partition -> topics.isMissing(partition.topic()));
    return left;
  }

  @Override
  public PollActivity polling() {
    return polling;
  }

  @Override
  public ConsumerGroupMetadata metadata() {
    return member.metadata();
  }

  @Override
  public void subscribe(Set<String> topics) {
    loop.assertInLoop();
    member.subscribe(topics);
  }

  @Override
  public void rejoin(String reason) {
    loop.assertInLoop();
    member.rejoin(reason);
  }

  @Override
  public void unsubscribe(long deadlineNanos, Runnable done) {
    loop.assertInLoop();
    member.leave("the consumer unsubscribed", deadlineNanos, done);
  }

  @Override
  public void assignmentTaken() {
    member.assignmentTaken();
  }

  @Override
  public void assignedByHand() {
    autoCommit.forget();
  }

  @Override
  public void leaving(Map<TopicPartition, OffsetAndMetadata> offsets) {
    autoCommit.leaving(withoutMissing(offsets, topics));
  }

  @Override
  public OffsetCommits commits() {
    return commits;
  }

  @Override
  public void commitOnClose(long deadlineNanos, Runnable done) {
    long latestNanos = Farewell.latestNanos(loop.nanoTime(), deadlineNanos);
    autoCommit.onClose(latestNanos, () -> commits.whenSettled(latestNanos, done));
  }

  @Override
  public void close(long deadlineNanos, Runnable done) {
    loop.assertInLoop();
    autoCommit.stop();
    member.leave("the consumer is being closed", deadlineNanos, done);
  }

  /** For tests. */
  MemberState state() {
    return member.status().state();
  }
}

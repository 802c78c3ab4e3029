package io.millstream.clients.consumer;

import io.millstream.common.Metric;
import io.millstream.common.MetricName;
import io.millstream.common.PartitionInfo;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.common.metrics.KafkaMetric;
import java.io.Closeable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches records, alone or as a member of a group.
 *
 * <p>Calls that wait and are given no time limit wait no longer than {@code
 * default.api.timeout.ms}, and then throw {@link io.millstream.common.errors.TimeoutException}. A
 * call that waits ends early with {@link io.millstream.common.errors.WakeupException} after {@link
 * #wakeup}, and with {@link io.millstream.common.errors.InterruptException} when its thread is
 * interrupted. A call from another thread than the one that polls waits for that one where it needs
 * the positions or the subscription, at least a second whatever its limit, and throws {@code
 * TimeoutException} if a listener or another piece of the application's code keeps it busy.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public interface Consumer<K, V> extends Closeable {

  /** {@return the partitions that records come from at present} */
  Set<TopicPartition> assignment();

  /** {@return the topics that were subscribed to by name, or were matched by the pattern} */
  Set<String> subscription();

  /**
   * Subscribes to topics, in place of what was subscribed to before. The group shares the
   * partitions among its members.
   *
   * @param topics the names; none means {@link #unsubscribe}
   */
  void subscribe(Collection<String> topics);

  /**
   * Subscribes to topics, in place of what was subscribed to before.
   *
   * @param topics the names; none means {@link #unsubscribe}
   * @param callback told when partitions come and go
   */
  void subscribe(Collection<String> topics, ConsumerRebalanceListener callback);

  /**
   * Reads partitions without a group sharing them, in place of those assigned before.
   *
   * @param partitions the partitions; none means {@link #unsubscribe}
   */
  void assign(Collection<TopicPartition> partitions);

  /**
   * Subscribes to all topics whose names match, also to those created later.
   *
   * @param pattern matched by the client with whole names
   * @param callback told when partitions come and go
   */
  void subscribe(Pattern pattern, ConsumerRebalanceListener callback);

  /**
   * Subscribes to all topics whose names match, also to those created later.
   *
   * @param pattern matched by the client with whole names
   */
  void subscribe(Pattern pattern);

  /**
   * Subscribes to all topics whose names match, with {@code group.protocol=consumer}.
   *
   * @param pattern matched by the coordinator
   * @param callback told when partitions come and go
   */
  void subscribe(SubscriptionPattern pattern, ConsumerRebalanceListener callback);

  /**
   * Subscribes to all topics whose names match, with {@code group.protocol=consumer}.
   *
   * @param pattern matched by the coordinator
   */
  void subscribe(SubscriptionPattern pattern);

  /** Ends the subscription or the assignment, and leaves the group. */
  void unsubscribe();

  /**
   * Returns the next records, and does what else is due: joining, listeners, callbacks of commits.
   *
   * @param timeout how long to wait if there are none; zero for not at all
   * @return the records; none if the time is over first
   */
  ConsumerRecords<K, V> poll(Duration timeout);

  /** Commits the positions of all assigned partitions, and waits for the answer. */
  void commitSync();

  /**
   * Commits the positions of all assigned partitions, and waits for the answer.
   *
   * @param timeout how long to wait
   */
  void commitSync(Duration timeout);

  /**
   * Commits offsets, and waits for the answer.
   *
   * @param offsets for each partition the offset to go on from
   */
  void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets);

  /**
   * Commits offsets, and waits for the answer.
   *
   * @param offsets for each partition the offset to go on from
   * @param timeout how long to wait
   */
  void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout);

  /** Commits the positions of all assigned partitions without waiting; a failure is logged. */
  void commitAsync();

  /**
   * Commits the positions of all assigned partitions without waiting.
   *
   * @param callback told how it ended; null for none
   */
  void commitAsync(@Nullable OffsetCommitCallback callback);

  /**
   * Commits offsets without waiting. Commits reach the coordinator in order.
   *
   * @param offsets for each partition the offset to go on from
   * @param callback told how it ended; null for none
   */
  void commitAsync(
      Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback);

  /**
   * Adds a metric of the application to those that the client pushes to the cluster (KIP-1076).
   *
   * @param metric the metric
   */
  void registerMetricForSubscription(KafkaMetric metric);

  /**
   * Takes a metric of the application back.
   *
   * @param metric the metric
   */
  void unregisterMetricFromSubscription(KafkaMetric metric);

  /**
   * Goes on at an offset with the next poll.
   *
   * @param partition an assigned partition
   * @param offset the offset of the next record to read
   */
  void seek(TopicPartition partition, long offset);

  /**
   * Goes on at an offset with the next poll; with a leader epoch, a truncated log is noticed.
   *
   * @param partition an assigned partition
   * @param offsetAndMetadata the offset of the next record to read
   */
  void seek(TopicPartition partition, OffsetAndMetadata offsetAndMetadata);

  /**
   * Goes on at the first offset; it is looked up in the next poll or call of {@link #position}.
   *
   * @param partitions assigned partitions; none means all
   */
  void seekToBeginning(Collection<TopicPartition> partitions);

  /**
   * Goes on at the end; it is looked up in the next poll or call of {@link #position}.
   *
   * @param partitions assigned partitions; none means all
   */
  void seekToEnd(Collection<TopicPartition> partitions);

  /**
   * Returns the offset of the next record that poll will return.
   *
   * @param partition an assigned partition
   * @return the offset
   */
  long position(TopicPartition partition);

  /**
   * Returns the offset of the next record that poll will return.
   *
   * @param partition an assigned partition
   * @param timeout how long to wait for it
   * @return the offset
   */
  long position(TopicPartition partition, Duration timeout);

  /**
   * Returns what the group has committed.
   *
   * @param partitions the partitions
   * @return the offsets; null for a partition without one
   */
  Map<TopicPartition, @Nullable OffsetAndMetadata> committed(Set<TopicPartition> partitions);

  /**
   * Returns what the group has committed.
   *
   * @param partitions the partitions
   * @param timeout how long to wait
   * @return the offsets; null for a partition without one
   */
  Map<TopicPartition, @Nullable OffsetAndMetadata> committed(
      Set<TopicPartition> partitions, Duration timeout);

  /**
   * Returns the id under which this client pushes metrics to the cluster (KIP-714).
   *
   * @param timeout how long to wait for the id
   * @return the id
   */
  Uuid clientInstanceId(Duration timeout);

  /** {@return the metrics of this consumer} */
  Map<MetricName, ? extends Metric> metrics();

  /**
   * Describes the partitions of a topic.
   *
   * @param topic the topic
   * @return its partitions; empty where it does not exist
   */
  List<PartitionInfo> partitionsFor(String topic);

  /**
   * Describes the partitions of a topic.
   *
   * @param topic the topic
   * @param timeout how long to wait
   * @return its partitions; empty where it does not exist
   */
  List<PartitionInfo> partitionsFor(String topic, Duration timeout);

  /** {@return the partitions of all topics that the user may see, by topic} */
  Map<String, List<PartitionInfo>> listTopics();

  /**
   * Describes the partitions of all topics that the user may see, by topic.
   *
   * @param timeout how long to wait
   * @return the partitions by topic
   */
  Map<String, List<PartitionInfo>> listTopics(Duration timeout);

  /** {@return the partitions that are paused} */
  Set<TopicPartition> paused();

  /**
   * Lets poll return no records of partitions until they are resumed, or until a rebalance gives
   * them up: with the assignors that are built, that is each one, also for partitions that come
   * back.
   *
   * @param partitions assigned partitions
   */
  void pause(Collection<TopicPartition> partitions);

  /**
   * Ends a pause; without one it does nothing.
   *
   * @param partitions assigned partitions
   */
  void resume(Collection<TopicPartition> partitions);

  /**
   * Looks up the first records at or after points in time.
   *
   * @param timestampsToSearch for each partition the milliseconds since 1970
   * @return the offsets; null for a partition that has no record so late
   */
  Map<TopicPartition, @Nullable OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> timestampsToSearch);

  /**
   * Looks up the first records at or after points in time.
   *
   * @param timestampsToSearch for each partition the milliseconds since 1970
   * @param timeout how long to wait
   * @return the offsets; null for a partition that has no record so late
   */
  Map<TopicPartition, @Nullable OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> timestampsToSearch, Duration timeout);

  /**
   * Looks up the first offsets of partitions.
   *
   * @param partitions the partitions
   * @return the offsets
   */
  Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions);

  /**
   * Looks up the first offsets of partitions.
   *
   * @param partitions the partitions
   * @param timeout how long to wait
   * @return the offsets
   */
  Map<TopicPartition, Long> beginningOffsets(
      Collection<TopicPartition> partitions, Duration timeout);

  /**
   * Looks up the ends of partitions: the offset after the last record that could be read now.
   *
   * @param partitions the partitions
   * @return the offsets
   */
  Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions);

  /**
   * Looks up the ends of partitions: the offset after the last record that could be read now.
   *
   * @param partitions the partitions
   * @param timeout how long to wait
   * @return the offsets
   */
  Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout);

  /**
   * Returns how far the position is behind the end, as far as it is known without asking.
   *
   * @param topicPartition an assigned partition
   * @return the number of offsets; empty where it is not known
   */
  OptionalLong currentLag(TopicPartition topicPartition);

  /** {@return what this consumer is in its group, for {@code sendOffsetsToTransaction}} */
  ConsumerGroupMetadata groupMetadata();

  /** Joins the group anew in the next poll, so that its partitions are shared again. */
  void enforceRebalance();

  /**
   * Joins the group anew in the next poll, so that its partitions are shared again.
   *
   * @param reason why, for the broker's log
   */
  void enforceRebalance(@Nullable String reason);

  /**
   * Closes the consumer within 30 seconds: commits if {@code enable.auto.commit} is on, tells the
   * rebalance listener, and leaves the group. A poll in another thread ends with {@link
   * io.millstream.common.errors.WakeupException}. Closing again does nothing.
   *
   * <p>What is committed depends on who closes. The thread that polled last, or any if that has
   * ended, is done with its records: the positions behind all that were returned are committed.
   * Beside a thread that has polled and lives on, which may be in the middle of its records, only
   * what earlier polls returned is committed, and {@link #commitSync()} in the listener commits
   * nothing newer either.
   *
   * <p>A listener may commit, and within it calls take no longer than closing may.
   *
   * @throws io.millstream.common.errors.InterruptException if the thread is interrupted; everything
   *     is closed all the same
   * @throws io.millstream.common.KafkaException if the listener failed, when everything is closed
   */
  @Override
  void close();

  /**
   * Closes the consumer, see {@link #close()}.
   *
   * @param timeout how long that may take
   * @deprecated use {@link #close(CloseOptions)}
   */
  @Deprecated
  void close(Duration timeout);

  /**
   * Closes the consumer, see {@link #close()}.
   *
   * @param option how long that may take, and what becomes of the membership
   */
  void close(CloseOptions option);

  /**
   * Ends the call that waits now, in another thread, with {@link
   * io.millstream.common.errors.WakeupException}. If no call waits, the next one that would wait
   * throws it at once, and so does the next {@link #poll}, even if records are there; they are
   * returned by a later one. However often it is called in between, it ends one call.
   *
   * <p>It ends {@link #poll}, {@link #commitSync()}, {@link #position(TopicPartition)}, {@link
   * #committed(Set)}, {@link #partitionsFor(String)}, {@link #listTopics()}, {@link
   * #offsetsForTimes(Map)}, {@link #beginningOffsets(Collection)} and {@link
   * #endOffsets(Collection)}, with or without a time limit; where several threads wait, one of
   * them. A call whose answer came first returns it, and the wakeup is kept for the next. A commit
   * that was ended this way may still take effect. Calls that do not wait for the cluster, such as
   * {@link #seek(TopicPartition, long)}, neither end nor use it up, and {@link #close()} forgets
   * it.
   *
   * <p>A rebalance listener that waits within poll is ended likewise; the exception, if it lets it
   * through, is thrown by poll when the rebalance has gone on.
   *
   * <p>Any thread may call it. It does not wait, and throws nothing, after closing neither.
   */
  void wakeup();
}

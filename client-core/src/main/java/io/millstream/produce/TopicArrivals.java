package io.millstream.produce;

import io.millstream.cluster.ClusterView;
import io.millstream.cluster.Metadata;
import io.millstream.cluster.PartitionView;
import io.millstream.cluster.TopicView;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.TimeoutException;
import io.millstream.network.BrokerAddress;
import io.millstream.network.EventLoop;
import io.millstream.network.Timer;
import io.millstream.protocol.ErrorCode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the partitions of topics known to callers, and brings the records that wait for them to
 * their places. Owned by the event loop.
 */
final class TopicArrivals {

  private final EventLoop loop;
  private final Metadata metadata;
  private final RecordAccumulator accumulator;
  private final RecordPlacing placing;
  private final BatchOutcomes outcomes;
  private final @Nullable String rack;
  private final Set<TopicQueue> waiting = new LinkedHashSet<>();
  private @Nullable Timer timer;

  /**
   * Creates what makes topics known.
   *
   * @param rack of which partitions are preferred, null for none
   */
  TopicArrivals(
      EventLoop loop,
      Metadata metadata,
      RecordAccumulator accumulator,
      RecordPlacing placing,
      BatchOutcomes outcomes,
      @Nullable String rack) {
    this.loop = loop;
    this.metadata = metadata;
    this.accumulator = accumulator;
    this.placing = placing;
    this.outcomes = outcomes;
    this.rack = rack;
    metadata.onChange((previous, next) -> changed(next));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Takes care of the records that wait for a topic. */
  void take(TopicQueue topic) {
    loop.assertInLoop();
    waiting.add(topic);
    metadata.want(topic.topic());
    lookAt(topic, metadata.view());
    plan();
  }

  /** Fails all that waits. */
  void abandon(RuntimeException exception) {
    placing.failUnplaced();
    accumulator.topics().forEach(topic -> fail(topic, exception));
  }

  private void changed(ClusterView view) {
    for (TopicQueue topic : accumulator.topics()) {
      lookAt(topic, view);
    }
    plan();
  }

  private void lookAt(TopicQueue topic, ClusterView view) {
    TopicView told = view.topic(topic.topic());
    if (told != null && !told.partitions().isEmpty()) {
      KnownPartitions known = known(topic, told, view);
      placing.publish(topic, known);
      topic.sticky().leaveUndrawn(known);
      if (!topic.lowerIfEmpty()) {
        metadata.requestRefresh("records wait for new partitions of " + topic.topic());
      }
    } else {
      ErrorCode error = view.error(topic.topic());
      if (error != ErrorCode.NONE && !error.retriable()) {
        boolean failed = fail(topic, view.refusal(topic.topic()));
        if (failed) {
          // What is sent from now on is not to fail for what the cluster said before.
          metadata.requestRefresh("records were sent to topic " + topic.topic());
        }
      }
    }
    if (topic.lowerIfEmpty()) {
      waiting.remove(topic);
    }
  }

  private KnownPartitions known(TopicQueue topic, TopicView told, ClusterView view) {
    KnownPartitions before = topic.known();
    int count = told.partitions().size();
    if (before == null) {
      topic.sticky().seed(loop.environment().random().nextLong());
    }
    int kept = before == null ? 0 : before.queues().length;
    PartitionQueue[] queues = new PartitionQueue[Math.max(kept, count)];
    for (int i = 0; i < queues.length; i++) {
      queues[i] = before != null && i < kept ? before.queue(i) : accumulator.newQueue(topic, i);
    }
    int[] led = numbers(told, PartitionView::hasLeader);
    int[] available = led.length > 0 ? led : IntStream.range(0, count).toArray();
    int[] near =
        rack == null ? available : numbers(told, partition -> rack.equals(rack(partition, view)));
    return new KnownPartitions(queues, count, available, near.length > 0 ? near : available);
  }

  private static @Nullable String rack(PartitionView partition, ClusterView view) {
    BrokerAddress leader = view.broker(partition.leaderId());
    return leader == null ? null : leader.rack();
  }

  private static int[] numbers(TopicView told, Predicate<PartitionView> wanted) {
    return told.partitions().stream()
        .filter(wanted)
        .mapToInt(PartitionView::partition)
        .filter(partition -> partition < told.partitions().size())
        .sorted()
        .toArray();
  }

  /**
   * Fails what waits now, and not what callbacks send meanwhile, since that might have no end.
   *
   * @return whether anything waited
   */
  private boolean fail(TopicQueue topic, RuntimeException exception) {
    int left = topic.waitingRecords();
    boolean any = left > 0;
    for (; left > 0; left--) {
      WaitingRecord record = topic.take(oldest -> true);
      if (record != null) {
        placing.fail(record, exception);
      }
    }
    if (topic.lowerIfEmpty()) {
      waiting.remove(topic);
    }
    return any;
  }

  private void expire() {
    long now = loop.nanoTime();
    for (TopicQueue topic : List.copyOf(waiting)) {
      // Not what callbacks send meanwhile: with max.block.ms=0 that might have no end.
      for (int left = topic.waitingRecords(); left > 0; left--) {
        WaitingRecord record = topic.take(old -> old.deadlineNanos() - now <= 0);
        if (record == null) {
          break;
        }
        placing.fail(record, new TimeoutException(text(topic, record)));
      }
      if (topic.lowerIfEmpty()) {
        waiting.remove(topic);
      }
    }
    plan();
    // A producer that is being closed may have waited for these alone.
    outcomes.lookAgain();
  }

  private String text(TopicQueue topic, WaitingRecord record) {
    KnownPartitions known = topic.known();
    return outcomes
        .texts()
        .unknown(
            new TopicPartition(topic.topic(), record.partition()),
            known == null ? 0 : known.count(),
            metadata.difficulty(topic.topic()));
  }

  private void plan() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    long earliest = Long.MAX_VALUE;
    for (TopicQueue topic : waiting) {
      long deadline = topic.earliestDeadlineNanos();
      if (deadline != Long.MAX_VALUE && (earliest == Long.MAX_VALUE || deadline < earliest)) {
        earliest = deadline;
      }
    }
    if (earliest != Long.MAX_VALUE) {
      timer = loop.schedule(earliest - loop.nanoTime(), this::expire);
    }
  }
}

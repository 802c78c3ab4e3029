package io.millstream.produce;

import io.millstream.network.EventLoop;
import io.millstream.network.Signal;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where callers tell the event loop what has something for it, and learn that the producer is
 * closed. Any thread may announce; it wakes the loop only if it really waits.
 */
final class Announcements {

  private final ConcurrentLinkedQueue<PartitionQueue> partitions = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<TopicQueue> topics = new ConcurrentLinkedQueue<>();
  private final Signal signal;
  private volatile @Nullable String closedBecause;

  /**
   * Creates the place of one producer.
   *
   * @param loop that is told
   * @param reaction what it does then
   */
  Announcements(EventLoop loop, Runnable reaction) {
    signal = loop.signal(reaction);
  }

  /** Notes a queue; the loop comes to it with the next {@link #nudge}, or sooner. */
  void announce(PartitionQueue queue) {
    partitions.add(queue);
  }

  void announce(TopicQueue topic) {
    topics.add(topic);
    signal.raise();
  }

  /** Has the loop look. */
  void nudge() {
    signal.raise();
  }

  @Nullable PartitionQueue nextPartition() {
    return partitions.poll();
  }

  @Nullable TopicQueue nextTopic() {
    return topics.poll();
  }

  /**
   * Refuses records from now on. Whoever takes the lock of a queue afterwards finds it closed.
   *
   * @param reason a sentence for whoever sends
   */
  void close(String reason) {
    if (closedBecause == null) {
      closedBecause = reason;
    }
  }

  boolean closed() {
    return closedBecause != null;
  }

  /**
   * Refuses callers of a closed producer.
   *
   * @throws IllegalStateException if it is closed
   */
  void requireOpen() {
    String reason = closedBecause;
    if (reason != null) {
      throw new IllegalStateException(reason);
    }
  }
}

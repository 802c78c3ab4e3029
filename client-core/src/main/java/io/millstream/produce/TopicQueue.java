package io.millstream.produce;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A topic as producers see it: its partitions once they are known, and before that the records that
 * wait for them, in order. Callers add under its lock, the event loop takes away. Nothing waits.
 */
final class TopicQueue {

  private final String topic;
  private final Announcements announcements;
  private final StickyPartition sticky;
  private final CompressionRatio ratio = new CompressionRatio();
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<WaitingRecord> waiting = new ArrayDeque<>();
  private boolean announced;
  private volatile @Nullable KnownPartitions known;

  /**
   * Creates a topic that is not known yet.
   *
   * @param topic its name
   * @param announcements where it tells the loop that records wait
   * @param stickyBytes after how many bytes records without a key change the partition
   */
  TopicQueue(String topic, Announcements announcements, int stickyBytes) {
    this.topic = topic;
    this.announcements = announcements;
    this.sticky = new StickyPartition(stickyBytes);
  }

  String topic() {
    return topic;
  }

  CompressionRatio ratio() {
    return ratio;
  }

  StickyPartition sticky() {
    return sticky;
  }

  /** Returns the partitions, null while records have to wait. Any thread may ask. */
  @Nullable KnownPartitions known() {
    return known;
  }

  /** Says whether a record can go straight to its partition. Any thread may ask. */
  boolean covers(int partition) {
    KnownPartitions partitions = known;
    return partitions != null && partition < partitions.count();
  }

  /**
   * Has a record wait. Any thread may call this.
   *
   * @return false where it need not wait any more, or its producer is closed
   */
  boolean await(WaitingRecord record) {
    lock.lock();
    try {
      announcements.requireOpen();
      if (covers(record.partition())) {
        return false;
      }
      if (!announced) {
        announcements.announce(this);
        announced = true;
      }
      waiting.add(record);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Publishes what is known of the partitions; those who waited for it come first. For the loop.
   *
   * @param partitions what is known
   * @param place puts a record into its partition, or keeps it to fail it later
   */
  void publish(KnownPartitions partitions, Consumer<WaitingRecord> place) {
    while (true) {
      WaitingRecord next;
      lock.lock();
      try {
        next = poll(record -> record.partition() < partitions.count());
        if (next == null) {
          known = partitions;
          return;
        }
      } finally {
        lock.unlock();
      }
      place.accept(next);
    }
  }

  /** Publishes other weights of the partitions that are known. For the loop. */
  void weigh(KnownPartitions weighed) {
    known = weighed;
    sticky.leaveUndrawn(weighed);
  }

  /** Takes away one of those that wait, the oldest first; null if there is none. For the loop. */
  @Nullable WaitingRecord take(Predicate<WaitingRecord> wanted) {
    lock.lock();
    try {
      return poll(wanted);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable WaitingRecord poll(Predicate<WaitingRecord> wanted) {
    for (Iterator<WaitingRecord> all = waiting.iterator(); all.hasNext(); ) {
      WaitingRecord record = all.next();
      if (wanted.test(record)) {
        all.remove();
        return record;
      }
    }
    return null;
  }

  /** Returns how many records wait. For the loop. */
  int waitingRecords() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Has a flush wait for all that wait here. For the loop. */
  void addFlush(Flush flush) {
    lock.lock();
    try {
      waiting.forEach(record -> record.addFlush(flush));
    } finally {
      lock.unlock();
    }
  }

  /** Returns the earliest deadline, {@link Long#MAX_VALUE} if nothing waits. For the loop. */
  long earliestDeadlineNanos() {
    lock.lock();
    try {
      // Deadlines come in the order of the calls, but for threads that overtook one another.
      WaitingRecord first = waiting.peek();
      return first == null ? Long.MAX_VALUE : first.deadlineNanos();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets the next record announce itself, if none waits now. For the loop.
   *
   * @return whether none waits
   */
  boolean lowerIfEmpty() {
    lock.lock();
    try {
      announced = !waiting.isEmpty();
      return !announced;
    } finally {
      lock.unlock();
    }
  }
}

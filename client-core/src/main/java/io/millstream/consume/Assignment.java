package io.millstream.consume;

import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.fetch.FetchHandle;
import io.millstream.fetch.FetchedBatches;
import io.millstream.fetch.PartitionCursor;
import io.millstream.group.Assignee;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The assigned partitions and their cursors. Belongs to the holder of the poll permit, but for
 * {@link #partitions} and {@link #committable}.
 */
final class Assignment implements Assignee {

  private final FetchHandle fetch;
  private final FetchedBatches buffer;
  private final Listening listening;
  private final Map<TopicPartition, PartitionCursor> cursors = new LinkedHashMap<>();
  private volatile List<PartitionCursor> published = List.of();
  private int lastGeneration;

  /** What the listener is being told the end of. */
  private Set<TopicPartition> ending = Set.of();

  Assignment(FetchHandle fetch, FetchedBatches buffer, Listening listening) {
    this.fetch = fetch;
    this.buffer = buffer;
    this.listening = listening;
  }

  @Nullable PartitionCursor find(TopicPartition partition) {
    return cursors.get(partition);
  }

  /**
   * Returns the cursor of a partition that must be assigned.
   *
   * @throws IllegalStateException if it is not
   */
  PartitionCursor get(TopicPartition partition) {
    PartitionCursor cursor = cursors.get(partition);
    if (cursor == null) {
      throw new IllegalStateException(
          partition + " is not assigned to this consumer; assigned are " + cursors.keySet());
    }
    return cursor;
  }

  Collection<PartitionCursor> cursors() {
    return cursors.values();
  }

  int nextGeneration() {
    return ++lastGeneration;
  }

  /** Returns what is assigned. Any thread. */
  Set<TopicPartition> partitions() {
    Set<TopicPartition> partitions = new LinkedHashSet<>();
    published.forEach(cursor -> partitions.add(cursor.partition()));
    return partitions;
  }

  /** Returns what auto commit may commit. Any thread. */
  Map<TopicPartition, OffsetAndMetadata> committable() {
    return committable(partition -> true);
  }

  /** See {@link #committable()}; of some partitions alone. */
  Map<TopicPartition, OffsetAndMetadata> committable(Predicate<TopicPartition> wanted) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
    for (PartitionCursor cursor : published) {
      OffsetAndMetadata offset = wanted.test(cursor.partition()) ? cursor.committable() : null;
      if (offset != null) {
        offsets.put(cursor.partition(), offset);
      }
    }
    return offsets;
  }

  /** Everything handed out so far is dealt with: a poll is entered, or the consumer closed. */
  void dealtWith() {
    cursors.values().forEach(PartitionCursor::dealtWith);
  }

  /**
   * Returns the consumed positions that are known; none of a topic that was deleted and created
   * again, where they mean nothing.
   *
   * @param beforePoll whether without what the running poll has taken and not returned yet, or, if
   *     none runs, what the latest has returned
   */
  Map<TopicPartition, OffsetAndMetadata> positions(boolean beforePoll) {
    Map<TopicPartition, OffsetAndMetadata> positions = new LinkedHashMap<>();
    for (PartitionCursor cursor : cursors.values()) {
      if (cursor.mayBeCommitted()) {
        positions.put(cursor.partition(), beforePoll ? cursor.returned() : cursor.next());
      }
    }
    return positions;
  }

  @Override
  public void hold(List<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      PartitionCursor cursor = cursors.get(partition);
      if (cursor != null) {
        cursor.hold();
      }
    }
  }

  @Override
  public void revoke(List<TopicPartition> partitions) {
    giveUp(partitions, () -> listening.revoked(partitions));
  }

  @Override
  public void lost(List<TopicPartition> partitions) {
    giveUp(partitions, () -> listening.lost(partitions));
  }

  /**
   * A listener that is told of the end of partitions may end them itself, by unsubscribing or
   * closing; it is not told of the same ones again.
   */
  private void giveUp(List<TopicPartition> partitions, Runnable tell) {
    Map<TopicPartition, PartitionCursor> leaving = new LinkedHashMap<>(cursors);
    leaving.keySet().retainAll(partitions);
    if (ending.isEmpty() || !ending.containsAll(partitions)) {
      Set<TopicPartition> before = ending;
      ending = new HashSet<>(partitions);
      drop(partitions);
      tell.run();
      ending = before;
    }
    // Those that the listener has chosen anew stay.
    leaving.entrySet().removeIf(one -> cursors.get(one.getKey()) != one.getValue());
    takeAway(leaving.keySet());
  }

  @Override
  public void assign(List<TopicPartition> partitions) {
    List<TopicPartition> added = new ArrayList<>(partitions);
    added.removeAll(cursors.keySet());
    replace(partitions);
    listening.assigned(added);
  }

  private void drop(List<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      PartitionCursor cursor = cursors.get(partition);
      if (cursor != null) {
        cursor.hold();
        cursor.drop();
      }
    }
  }

  void takeAway(Collection<TopicPartition> partitions) {
    List<TopicPartition> gone = new ArrayList<>(partitions);
    for (TopicPartition partition : gone) {
      PartitionCursor cursor = cursors.remove(partition);
      if (cursor != null) {
        cursor.retire();
      }
    }
    publish();
    fetch.stop(gone);
  }

  /** Has these partitions assigned and no others; those that stay keep their positions. */
  void replace(Collection<TopicPartition> partitions) {
    Set<TopicPartition> gone = new LinkedHashSet<>(cursors.keySet());
    gone.removeAll(new LinkedHashSet<>(partitions));
    if (!gone.isEmpty()) {
      takeAway(gone);
    }
    List<PartitionCursor> added = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      if (!cursors.containsKey(partition)) {
        PartitionCursor cursor = new PartitionCursor(partition, buffer, nextGeneration());
        cursors.put(partition, cursor);
        added.add(cursor);
      }
    }
    publish();
    fetch.start(added);
  }

  private void publish() {
    published = List.copyOf(cursors.values());
  }
}

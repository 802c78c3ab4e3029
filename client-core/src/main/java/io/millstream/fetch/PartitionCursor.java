package io.millstream.fetch;

import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One assigned partition as the user sees it: the consumed position, and what was fetched behind
 * it. Belongs to the holder of the poll permit; only {@link #committable} is read by others.
 */
public final class PartitionCursor {

  private static final String NO_METADATA = "";
  private static final int RETIRED = -1;

  private final TopicPartition partition;
  private final FetchedBatches buffer;
  private final FetchReport report = new FetchReport();
  private final ArrayDeque<Fetched> waiting = new ArrayDeque<>();
  private int generation;
  private StartingPoint from = StartingPoint.COMMITTED;
  private boolean known;
  private long position;
  private Optional<Integer> leaderEpoch = Optional.empty();
  private boolean paused;
  private boolean held;
  private boolean queued;

  /** Where the running poll has begun to take records, null if it has taken none. */
  private @Nullable OffsetAndMetadata takenFrom;

  private volatile @Nullable OffsetAndMetadata committable;

  /**
   * Creates the cursor of a partition that begins where its group has committed.
   *
   * @param partition the partition
   * @param buffer where its batches come from
   * @param generation larger than that of any cursor of the partition before
   */
  public PartitionCursor(TopicPartition partition, FetchedBatches buffer, int generation) {
    this.partition = partition;
    this.buffer = buffer;
    this.generation = generation;
  }

  /** Returns the partition. */
  public TopicPartition partition() {
    return partition;
  }

  /** Returns the number of the latest assignment or seek. */
  public int generation() {
    return generation;
  }

  /** Returns what to tell the fetcher. */
  FetchStart start() {
    // What is held would only be dropped again.
    return new FetchStart(partition, generation, from, report, paused || held);
  }

  /**
   * Goes on elsewhere: what was fetched is dropped.
   *
   * @param newGeneration larger than any before
   * @param newFrom where to go on
   */
  public void seek(int newGeneration, StartingPoint newFrom) {
    generation = newGeneration;
    from = newFrom;
    takenFrom = null;
    drop();
    leaveDeletedTopic();
    if (newFrom instanceof StartingPoint.At at) {
      moveTo(at.offset(), at.leaderEpoch());
    } else {
      known = false;
    }
  }

  /** The partition is assigned no more. */
  public void retire() {
    generation = RETIRED;
    drop();
  }

  /** Drops what was fetched and not handed out. */
  public void drop() {
    for (Fetched fetched : waiting) {
      if (fetched instanceof Fetched.Batches batches) {
        buffer.release(batches);
      }
    }
    waiting.clear();
  }

  /** Takes over something that was fetched for this partition. */
  void add(Fetched fetched) {
    if (fetched.generation() == generation) {
      waiting.add(fetched);
      settle();
    } else if (fetched instanceof Fetched.Batches batches) {
      buffer.release(batches);
    }
  }

  /** Follows moves as far as nothing to be handed out, or to be told, lies before them. */
  private void settle() {
    while (true) {
      Fetched first = waiting.peek();
      if (first instanceof Fetched.Moved moved) {
        waiting.remove();
        leaveDeletedTopic();
        moveTo(moved.offset(), moved.leaderEpoch());
      } else if (first instanceof Fetched.Failed failed && !failed.telling().isOpen()) {
        waiting.remove();
      } else {
        return;
      }
    }
  }

  private void leaveDeletedTopic() {
    if (report.recreated()) {
      committable = null;
      report.recreated(false);
    }
  }

  /** Returns the batches to be read next, null if there are none. */
  Fetched.@Nullable Batches batches() {
    return waiting.peek() instanceof Fetched.Batches batches ? batches : null;
  }

  /** The batches to be read next are read. */
  void finished(Fetched.Batches batches) {
    if (waiting.peek() == batches) {
      waiting.remove();
      buffer.release(batches);
      settle();
    }
  }

  /** Says whether something comes next that the user has to know. */
  boolean hasFailure() {
    settle();
    return waiting.peek() instanceof Fetched.Failed;
  }

  /** Throws what the user has to know, if that comes next. */
  public void throwFailure() {
    settle();
    if (waiting.peek() instanceof Fetched.Failed failed) {
      failed.telling().tell();
      settle();
      throw failed.telling().failure();
    }
  }

  /** Says whether there is something that poll may hand out, or throw. */
  public boolean isDeliverable() {
    return !paused && !held && !waiting.isEmpty();
  }

  /** Says whether bytes of the buffer are held here that poll may not hand out. */
  public boolean hoards() {
    return (paused || held) && known && !waiting.isEmpty();
  }

  void moveTo(long offset, Optional<Integer> newLeaderEpoch) {
    known = true;
    position = offset;
    leaderEpoch = newLeaderEpoch;
  }

  /** Says whether the position is known. */
  public boolean isKnown() {
    return known;
  }

  /** Returns the offset of the next record to hand out; only where it is known. */
  public long position() {
    return position;
  }

  /** Returns the position as it is committed; only where it is known. */
  public OffsetAndMetadata next() {
    return new OffsetAndMetadata(position, leaderEpoch, NO_METADATA);
  }

  /** The poll that runs has taken records, or taken more, and not returned them yet. */
  void takenFrom(StartingPoint place) {
    if (takenFrom == null && place instanceof StartingPoint.At at) {
      takenFrom = new OffsetAndMetadata(at.offset(), at.leaderEpoch(), NO_METADATA);
    }
  }

  /**
   * Returns the position as it was before the poll that runs took records; only where it is known.
   */
  public OffsetAndMetadata returned() {
    OffsetAndMetadata before = takenFrom;
    return before == null ? next() : before;
  }

  /** Returns where to go on to be where it is now. */
  public StartingPoint here() {
    return known ? new StartingPoint.At(position, leaderEpoch) : from;
  }

  /** Returns what the event loop tells of fetching. */
  public FetchReport report() {
    return report;
  }

  /** Says whether the user paused it. */
  public boolean isPaused() {
    return paused;
  }

  /** Pauses, or ends a pause. */
  public void pause(boolean now) {
    paused = now;
  }

  /** Hands out nothing from now on: a rebalance begins. */
  public void hold() {
    held = true;
  }

  /** Says whether it stands in the queue of those that poll looks at. */
  boolean isQueued() {
    return queued;
  }

  void queued(boolean now) {
    queued = now;
  }

  /** Says whether the position is known, and means something in the topic that there is now. */
  public boolean mayBeCommitted() {
    return known && !report.recreated();
  }

  /** Returns what auto commit may commit, null for nothing. Any thread. */
  public @Nullable OffsetAndMetadata committable() {
    return report.recreated() ? null : committable;
  }

  /** Everything up to the position is dealt with: auto commit may commit it. */
  public void dealtWith() {
    takenFrom = null;
    OffsetAndMetadata before = committable;
    if (known && (before == null || before.offset() != position)) {
      committable = next();
    }
  }
}

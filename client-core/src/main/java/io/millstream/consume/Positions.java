package io.millstream.consume;

import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.TimeoutException;
import io.millstream.fetch.FetchHandle;
import io.millstream.fetch.FetchReport;
import io.millstream.fetch.FetchedBatches;
import io.millstream.fetch.FetchedRecords;
import io.millstream.fetch.OffsetReset;
import io.millstream.fetch.PartitionCursor;
import io.millstream.fetch.StartingPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Where the consumer stands in its partitions, and how it goes elsewhere. Any thread. */
public final class Positions {

  private final PollPermit permit;
  private final CallerWait waits;
  private final Assignment assignment;
  private final FetchHandle fetch;
  private final FetchedBatches buffer;
  private final FetchedRecords<?, ?> records;
  private final RefusedTopics refused;
  private final Supplier<String> difficulty;

  /** Belongs to the holder of the permit. */
  private boolean besidePoller;

  /** The fetched things a position has to do with. */
  record Source(FetchHandle fetch, FetchedBatches buffer, FetchedRecords<?, ?> records) {}

  Positions(
      PollPermit permit,
      CallerWait waits,
      Assignment assignment,
      Source source,
      RefusedTopics refused,
      Supplier<String> difficulty) {
    this.permit = permit;
    this.waits = waits;
    this.assignment = assignment;
    this.fetch = source.fetch;
    this.buffer = source.buffer;
    this.records = source.records;
    this.refused = refused;
    this.difficulty = difficulty;
  }

  /** Goes on at an offset. */
  public void seek(TopicPartition partition, long offset, Optional<Integer> leaderEpoch) {
    if (offset < 0) {
      throw new IllegalArgumentException(
          "An offset to seek to is never negative, but is " + offset + " for " + partition);
    }
    permit.run(
        "seek", () -> go(assignment.get(partition), new StartingPoint.At(offset, leaderEpoch)));
  }

  /**
   * Goes on at an end.
   *
   * @param partitions none means all that are assigned
   * @param end the first or the last offset
   */
  public void seek(Collection<TopicPartition> partitions, OffsetReset end) {
    Objects.requireNonNull(partitions, "partitions");
    permit.run(
        "seek",
        () -> {
          List<PartitionCursor> sought = new ArrayList<>();
          partitions.forEach(partition -> sought.add(assignment.get(partition)));
          if (partitions.isEmpty()) {
            sought.addAll(assignment.cursors());
          }
          sought.forEach(cursor -> go(cursor, new StartingPoint.LookedUp(end)));
        });
  }

  /** Has a partition go on elsewhere; by the holder of the permit. */
  void go(PartitionCursor cursor, StartingPoint to) {
    cursor.seek(assignment.nextGeneration(), to);
    fetch.start(List.of(cursor));
  }

  /**
   * Returns the offset of the next record, which may have to be looked up.
   *
   * @throws TimeoutException if it is not known in time
   * @throws io.millstream.common.errors.TopicAuthorizationException if it must not be known
   * @throws io.millstream.common.errors.InvalidTopicException if there cannot be such a topic
   */
  public long position(TopicPartition partition, Duration timeout) {
    long deadlineNanos = waits.deadlineNanos(timeout);
    long[] seen = new long[1];
    while (true) {
      OptionalLong position =
          permit.call(
              "position",
              deadlineNanos,
              () -> {
                PartitionCursor cursor = assignment.get(partition);
                records.sort();
                seen[0] = buffer.taken();
                if (cursor.isKnown()) {
                  return OptionalLong.of(cursor.position());
                }
                cursor.throwFailure();
                refused.throwIfRefused(partition.topic());
                return OptionalLong.empty();
              });
      if (position.isPresent()) {
        return position.getAsLong();
      }
      waits.throwIfEnded("position");
      // A poll that runs meanwhile may take what arrives before this thread looks.
      if (!waits.await(
          "position",
          () -> buffer.hasArrived() || buffer.taken() != seen[0] || refused.has(partition.topic()),
          deadlineNanos)) {
        throw new TimeoutException(
            "The position of %s was not found within %d ms: %s"
                .formatted(partition, timeout.toMillis(), obstacle(partition, deadlineNanos)));
      }
    }
  }

  private String obstacle(TopicPartition partition, long deadlineNanos) {
    return permit.call(
        "position",
        deadlineNanos,
        () -> {
          PartitionCursor cursor = assignment.find(partition);
          String obstacle = cursor == null ? null : cursor.report().obstacle();
          return obstacle == null ? difficulty.get() : obstacle;
        });
  }

  /** Returns how far the position is behind the end; empty where that is not known. */
  public OptionalLong lag(TopicPartition partition) {
    return permit.call(
        "currentLag",
        () -> {
          PartitionCursor cursor = assignment.get(partition);
          long end = cursor.report().highWatermark();
          return cursor.isKnown() && end != FetchReport.UNKNOWN
              ? OptionalLong.of(Math.max(0, end - cursor.position()))
              : OptionalLong.empty();
        });
  }

  /** Stops handing out records of partitions, or goes on. */
  public void pause(Collection<TopicPartition> partitions, boolean paused) {
    permit.run(
        paused ? "pause" : "resume",
        () -> {
          List<PartitionCursor> cursors = partitions.stream().map(assignment::get).toList();
          for (PartitionCursor cursor : cursors) {
            cursor.pause(paused);
            records.enqueue(cursor);
          }
          fetch.pause(partitions, paused);
        });
  }

  /** Returns what is paused. */
  public Set<TopicPartition> paused() {
    return permit.call(
        "paused",
        () -> {
          Set<TopicPartition> paused = new LinkedHashSet<>();
          for (PartitionCursor cursor : assignment.cursors()) {
            if (cursor.isPaused()) {
              paused.add(cursor.partition());
            }
          }
          return paused;
        });
  }

  /**
   * Returns the position as it is committed, of each assigned partition that has one. While a poll
   * runs, what it is about to return does not count; nor does what the latest poll has returned to
   * another thread than the one that closes.
   */
  Map<TopicPartition, OffsetAndMetadata> toCommit(long deadlineNanos) {
    return permit.call(
        "commit", deadlineNanos, () -> assignment.positions(permit.isPolling() || besidePoller));
  }

  /**
   * Another thread closes than the one that polled, which may be in the middle of its records. By
   * the holder of the permit.
   */
  void besidePoller() {
    besidePoller = true;
  }

  /** Says whether {@link #makeRoom} would drop anything. By the holder of the permit. */
  boolean canMakeRoom() {
    for (PartitionCursor cursor : assignment.cursors()) {
      if (cursor.hoards()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Gives room to partitions that cannot be fetched for want of it: what paused ones hold is
   * dropped, and fetched again when they are resumed. By the holder of the permit.
   */
  void makeRoom() {
    for (PartitionCursor cursor : assignment.cursors()) {
      if (cursor.hoards()) {
        go(cursor, cursor.here());
      }
    }
  }
}

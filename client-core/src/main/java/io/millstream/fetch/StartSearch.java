package io.millstream.fetch;

import io.millstream.clients.consumer.LogTruncationException;
import io.millstream.clients.consumer.NoOffsetForPartitionException;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.clients.consumer.OffsetOutOfRangeException;
import io.millstream.cluster.Deadline;
import io.millstream.cluster.RetryPolicy;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.RetriableException;
import io.millstream.network.EventLoop;
import io.millstream.network.RepeatedLog;
import io.millstream.network.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out where to begin: what the group has committed, else what {@code auto.offset.reset} says.
 * What is asked within one step of the loop goes together. Owned by the event loop.
 */
final class StartSearch {

  private static final Logger LOG = LoggerFactory.getLogger(StartSearch.class);

  /** Gets what was found. */
  interface Listener {

    /** Says whether a position is still fetched. */
    boolean isCurrent(FetchPosition position);

    /** A position is known. */
    void found(FetchPosition position, long offset, Optional<Integer> leaderEpoch);

    /** None is known, and the user must be told; if not lasting, the search goes on. */
    void failed(List<FetchPosition> positions, Telling telling);
  }

  private final EventLoop loop;
  private final CommittedOffsets committed;
  private final OffsetLookup lookup;
  private final OffsetReset reset;
  private final RetryPolicy retry;
  private final Listener listener;
  private final RepeatedLog log;
  private final Signal signal;
  private final Map<TopicPartition, FetchPosition> uncommitted = new LinkedHashMap<>();
  private final Map<FetchPosition, Sought> places = new LinkedHashMap<>();
  private int failures;

  /** Those a search works with. */
  record Sources(CommittedOffsets committed, OffsetLookup lookup) {}

  /**
   * What is looked up.
   *
   * @param place where to begin
   * @param end where the log ended before it was asked for a time; unknown until then
   */
  private record Sought(OffsetReset place, long end) {

    /**
     * Says whether the end of the log is asked for first. Were it asked for once no record is found
     * to be late enough, those that come in between would be skipped.
     */
    boolean needsEnd() {
      return place.kind() == OffsetReset.Kind.BY_DURATION && end == FetchReport.UNKNOWN;
    }

    long timestamp(long wallMillis) {
      return needsEnd() ? OffsetLookup.LATEST : place.timestamp(wallMillis);
    }
  }

  StartSearch(
      EventLoop loop, Sources sources, OffsetReset reset, RetryPolicy retry, Listener listener) {
    this.loop = loop;
    this.committed = sources.committed;
    this.lookup = sources.lookup;
    this.reset = reset;
    this.retry = retry;
    this.listener = listener;
    this.log = new RepeatedLog(loop.environment().clock(), LOG);
    this.signal = loop.signal(this::search);
  }

  boolean isCurrent(FetchPosition position) {
    return listener.isCurrent(position);
  }

  void begin(FetchPosition position, StartingPoint from) {
    if (from instanceof StartingPoint.At at) {
      listener.found(position, at.offset(), at.leaderEpoch());
    } else if (from instanceof StartingPoint.LookedUp lookedUp) {
      lookUp(position, lookedUp.place());
    } else {
      uncommitted.put(position.partition(), position);
      signal.raise();
    }
  }

  private void lookUp(FetchPosition position, OffsetReset place) {
    lookUp(position, new Sought(place, FetchReport.UNKNOWN));
  }

  private void lookUp(FetchPosition position, Sought sought) {
    places.put(position, sought);
    signal.raise();
  }

  /** The position is not within the log (any more). */
  void outOfRange(FetchPosition position) {
    if (reset.kind() == OffsetReset.Kind.NONE) {
      new Range(position).ask();
    } else {
      LOG.info(
          "{}: the log of {} does not hold offset {}; goes on where auto.offset.reset = {} says",
          loop.name(),
          position.partition(),
          position.offset(),
          reset);
      lookUp(position, reset);
    }
  }

  /**
   * The leader's log is not the one that was fetched from: records before the position were lost,
   * as by an unclean election.
   *
   * @param epoch the last leader epoch that both have
   * @param endOffset where it ends in the leader's log
   */
  void truncated(FetchPosition position, int epoch, long endOffset) {
    // An epoch may go on in the leader's log where other records of another epoch were read here.
    long place = Math.min(endOffset, position.offset());
    String what =
        "the log of %s was truncated: it has other records than were read from offset %d on, and the position is %d"
            .formatted(position.partition(), place, position.offset());
    if (reset.kind() == OffsetReset.Kind.NONE) {
      listener.failed(
          List.of(position),
          Telling.lasting(
              new LogTruncationException(
                  what
                      + "; auto.offset.reset=none forbids going on there: undo what came of those records,"
                      + " and seek to offset "
                      + place,
                  Map.of(position.partition(), position.offset()),
                  Map.of(
                      position.partition(),
                      new OffsetAndMetadata(place, Optional.of(epoch), "")))));
    } else {
      LOG.warn("{}: {}; goes on at offset {}", loop.name(), what, place);
      listener.found(position, place, Optional.of(epoch));
    }
  }

  /** The position lay in a topic that was deleted; another one has its name now. */
  void recreated(FetchPosition position) {
    position.report().recreated(true);
    String what =
        "%s was deleted and created again, so that offset %d means nothing there"
            .formatted(position.partition(), position.offset());
    if (reset.kind() == OffsetReset.Kind.NONE) {
      listener.failed(
          List.of(position),
          Telling.lasting(
              new OffsetOutOfRangeException(
                  what
                      + ", and auto.offset.reset=none forbids choosing another: seek, or set auto.offset.reset",
                  Map.of(position.partition(), position.offset()))));
    } else {
      LOG.warn("{}: {}; goes on where auto.offset.reset = {} says", loop.name(), what, reset);
      lookUp(position, reset);
    }
  }

  private void search() {
    if (!uncommitted.isEmpty()) {
      askCommitted();
    }
    if (!places.isEmpty()) {
      askPlaces();
    }
  }

  private void askCommitted() {
    Map<TopicPartition, FetchPosition> asked = new LinkedHashMap<>(uncommitted);
    uncommitted.clear();
    asked.values().removeIf(position -> !listener.isCurrent(position));
    if (asked.isEmpty()) {
      return;
    }
    committed.fetch(
        new LinkedHashSet<>(asked.keySet()),
        loop.nanoTime() + retry.attemptNanos(),
        (offsets, failure) -> {
          List<FetchPosition> current = new ArrayList<>(asked.values());
          current.removeIf(position -> !listener.isCurrent(position));
          if (current.isEmpty()) {
            return;
          }
          if (offsets == null) {
            committedUnknown(current, failure);
          } else {
            failures = 0;
            log.reset();
            current.forEach(position -> take(position, offsets.get(position.partition())));
          }
        });
  }

  private void committedUnknown(List<FetchPosition> asked, @Nullable RuntimeException failure) {
    log.warn("%s: committed offsets cannot be had: %s".formatted(loop.name(), failure));
    asked.forEach(
        position -> position.report().obstacle("committed offsets cannot be had: " + failure));
    if (failure != null && !(failure instanceof RetriableException)) {
      listener.failed(asked, Telling.once(failure));
    }
    failures++;
    loop.schedule(
        retry.backoffNanos(failures, loop.environment().random()),
        () -> {
          asked.removeIf(position -> !listener.isCurrent(position));
          asked.forEach(position -> uncommitted.putIfAbsent(position.partition(), position));
          search();
        });
  }

  private void take(FetchPosition position, @Nullable OffsetAndMetadata offset) {
    if (offset != null) {
      listener.found(position, offset.offset(), offset.leaderEpoch());
    } else if (reset.kind() == OffsetReset.Kind.NONE) {
      listener.failed(
          List.of(position),
          Telling.lasting(new NoOffsetForPartitionException(position.partition())));
    } else {
      lookUp(position, reset);
    }
  }

  private void askPlaces() {
    Map<FetchPosition, Sought> asked = new LinkedHashMap<>(places);
    places.clear();
    asked.keySet().removeIf(position -> !listener.isCurrent(position));
    Map<TopicPartition, Long> timestamps = new LinkedHashMap<>();
    asked.forEach(
        (position, sought) ->
            timestamps.put(
                position.partition(), sought.timestamp(loop.environment().clock().wallMillis())));
    lookup.find(timestamps, Deadline.NEVER, new Place(asked));
  }

  /** Gets looked-up places. */
  private final class Place implements OffsetLookup.Listener {

    private final Map<FetchPosition, Sought> asked;
    private final Map<TopicPartition, FetchPosition> positions = new HashMap<>();

    /** Shared by the partitions that one failure concerns. */
    private @Nullable Telling latest;

    Place(Map<FetchPosition, Sought> asked) {
      this.asked = asked;
      asked.keySet().forEach(position -> positions.put(position.partition(), position));
    }

    @Override
    public boolean wants(TopicPartition partition) {
      FetchPosition position = positions.get(partition);
      return position != null && listener.isCurrent(position);
    }

    @Override
    public void delayed(TopicPartition partition, String obstacle) {
      FetchPosition position = positions.get(partition);
      if (position != null) {
        position.report().obstacle(obstacle);
      }
    }

    @Override
    public void found(TopicPartition partition, OffsetLookup.Found found) {
      FetchPosition position = positions.get(partition);
      if (position == null || !listener.isCurrent(position)) {
        return;
      }
      Sought sought = Objects.requireNonNull(asked.get(position));
      // Where no record is so late, the next one that comes will be.
      long offset = found.offset() < 0 ? sought.end() : found.offset();
      if (offset < 0) {
        again(position);
      } else if (sought.needsEnd()) {
        lookUp(position, new Sought(sought.place(), offset));
      } else {
        position.report().obstacle(null);
        LOG.info("{}: begins at offset {} of {}", loop.name(), offset, partition);
        // Not with the epoch of the answer: that of an end is the leader's own, of which there may
        // be no record before the offset, and another leader would take that for a log cut off.
        listener.found(position, offset, Optional.empty());
      }
    }

    @Override
    public void failed(TopicPartition partition, RuntimeException failure) {
      FetchPosition position = positions.get(partition);
      if (position == null || !listener.isCurrent(position)) {
        return;
      }
      Telling telling = latest;
      if (telling == null || telling.failure() != failure) {
        telling = Telling.once(failure);
        latest = telling;
      }
      listener.failed(List.of(position), telling);
      again(position);
    }

    @Override
    public void refused(TopicPartition partition, RuntimeException failure) {
      // The consumer tells of refused topics itself, once for all partitions.
      FetchPosition position = positions.get(partition);
      if (position != null && listener.isCurrent(position)) {
        position.report().obstacle(failure.getMessage());
        again(position);
      }
    }

    private void again(FetchPosition position) {
      // The same place again: another one would skip records.
      Sought sought = Objects.requireNonNull(asked.get(position));
      loop.schedule(
          retry.backoff().maxNanos(),
          () -> {
            if (listener.isCurrent(position)) {
              lookUp(position, sought);
            }
          });
    }
  }

  /** Asks for both ends of a log, so that the user hears what is there. */
  private final class Range implements OffsetLookup.Listener {

    private final FetchPosition position;
    private long first = FetchReport.UNKNOWN;

    Range(FetchPosition position) {
      this.position = position;
    }

    void ask() {
      find(OffsetLookup.EARLIEST);
    }

    private void find(long timestamp) {
      lookup.find(
          Map.of(position.partition(), timestamp),
          Deadline.after(retry.attemptNanos(), loop.environment().clock()),
          this);
    }

    @Override
    public boolean wants(TopicPartition partition) {
      return listener.isCurrent(position);
    }

    @Override
    public void found(TopicPartition partition, OffsetLookup.Found found) {
      if (first == FetchReport.UNKNOWN) {
        first = found.offset();
        find(OffsetLookup.LATEST);
      } else {
        tell("which has the offsets %d to %d".formatted(first, found.offset() - 1));
      }
    }

    @Override
    public void failed(TopicPartition partition, RuntimeException failure) {
      tell("whose range could not be looked up (" + failure.getMessage() + ")");
    }

    private void tell(String range) {
      if (listener.isCurrent(position)) {
        listener.failed(
            List.of(position),
            Telling.lasting(
                new OffsetOutOfRangeException(
                    "Offset %d is not in the log of %s, %s, and auto.offset.reset=none forbids choosing another: seek, or set auto.offset.reset"
                        .formatted(position.offset(), position.partition(), range),
                    Map.of(position.partition(), position.offset()))));
      }
    }
  }
}

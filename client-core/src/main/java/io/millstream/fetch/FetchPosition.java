package io.millstream.fetch;

import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Where fetching one generation of one partition stands. Owned by the event loop. */
final class FetchPosition {

  private static final int NO_EPOCH = -1;

  /** The states, each with those that may follow. */
  enum State {
    /** The offset is being looked up. */
    SEARCHING,
    /** The offset is known. */
    FETCHING,
    /** The user was told of something that only a seek mends. */
    FAILED
  }

  private final TopicPartition partition;
  private final int generation;
  private final FetchReport report;
  private final AtomicInteger heldBytes = new AtomicInteger();
  private State state = State.SEARCHING;
  private long offset;
  private int lastEpoch = NO_EPOCH;
  private Uuid topicId = Uuid.ZERO_UUID;
  private boolean paused;
  private boolean asked;
  private long notBeforeNanos;
  private long staleView = -1;
  private int failures;

  /** What the user was last told, or is to be told. */
  private @Nullable Telling latest;

  FetchPosition(FetchStart start, long nowNanos) {
    this.partition = start.partition();
    this.generation = start.generation();
    this.report = start.report();
    this.paused = start.paused();
    this.notBeforeNanos = nowNanos;
  }

  TopicPartition partition() {
    return partition;
  }

  int generation() {
    return generation;
  }

  FetchReport report() {
    return report;
  }

  AtomicInteger heldBytes() {
    return heldBytes;
  }

  State state() {
    return state;
  }

  long offset() {
    return offset;
  }

  /** The one place where the state changes. */
  private void transition(State next) {
    boolean allowed =
        switch (state) {
          case SEARCHING -> true;
          case FETCHING -> next != State.FETCHING;
          case FAILED -> false;
        };
    if (!allowed) {
      throw new IllegalStateException(
          "Fetching " + partition + " cannot go from " + state + " to " + next);
    }
    state = next;
  }

  /**
   * Returns the leader epoch of the record before the offset, by which a leader notices that this
   * record is not in its log (KIP-595); -1 where it is not known.
   */
  int lastEpoch() {
    return lastEpoch;
  }

  /** The offset is known, and perhaps the leader epoch of the record before it. */
  void found(long newOffset, Optional<Integer> epoch) {
    transition(State.FETCHING);
    offset = newOffset;
    lastEpoch = epoch.orElse(NO_EPOCH);
    topicId = Uuid.ZERO_UUID;
  }

  /**
   * Says whether the offset means something in a topic: it does in the one that is fetched first,
   * and not in another one of the same name.
   *
   * @param id that of the topic, {@link Uuid#ZERO_UUID} where it is not known
   */
  boolean belongsTo(Uuid id) {
    if (topicId.equals(Uuid.ZERO_UUID)) {
      topicId = id;
    }
    return id.equals(Uuid.ZERO_UUID) || topicId.equals(id);
  }

  /** The offset has to be looked up again. */
  void lost() {
    transition(State.SEARCHING);
  }

  void fail() {
    transition(State.FAILED);
  }

  /** Batches up to an offset have arrived, the last of them of a leader epoch; -1 for none. */
  void advance(long nextOffset, int epoch) {
    offset = nextOffset;
    lastEpoch = epoch;
  }

  void pause(boolean now) {
    paused = now;
  }

  /** Notes whether a request that asks for this position is under way. */
  void asked(boolean now) {
    asked = now;
  }

  /** Notes an attempt that did not fail. */
  void answered() {
    failures = 0;
  }

  /** Notes a failed attempt, and returns how many there were in a row. */
  int failed() {
    return ++failures;
  }

  /** Not to be asked for before the client knows more of the cluster than in this view. */
  void waitForViewAfter(long version) {
    staleView = version;
  }

  void waitUntil(long nanos) {
    notBeforeNanos = nanos;
  }

  /**
   * Says whether it may be asked for.
   *
   * @param viewVersion what is known of the cluster
   */
  boolean wanted(int maxPartitionBytes, long viewVersion, long nowNanos) {
    // While an old leader may still answer, a new one is not asked: records would come twice. Two
    // answers of a partition at most wait for poll: one being handed out and the next.
    return state == State.FETCHING
        && !paused
        && !asked
        && heldBytes.get() < maxPartitionBytes
        && viewVersion > staleView
        && notBeforeNanos - nowNanos <= 0;
  }

  Fetched.Moved moved(Optional<Integer> leaderEpoch) {
    return new Fetched.Moved(partition, generation, offset, leaderEpoch);
  }

  /**
   * Returns how the user hears of something; null where something was not heard yet, so that what
   * is not polled piles up nothing.
   */
  Fetched.@Nullable Failed failure(Telling telling) {
    Telling before = latest;
    if (!telling.isLasting() && before != null && before.isOpen()) {
      return null;
    }
    latest = telling;
    return new Fetched.Failed(partition, generation, telling);
  }
}

package io.millstream.produce;

import io.millstream.network.BrokerAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of one leader in the order of their turns, whether one of them has something that can
 * leave, and when all of them have to be looked at. A lane that has nothing any more stays for a
 * while, since most soon have something again. Owned by the event loop.
 */
final class LeaderLanes {

  private static final int MOST_IDLE = 16;
  private static final long NOTHING_WAITS = Long.MAX_VALUE;

  private final @Nullable BrokerAddress leader;
  private final List<PartitionLane> lanes = new ArrayList<>();
  private int turn;
  private boolean changed;
  private boolean offering;
  private long nextLookNanos = Long.MAX_VALUE;
  private long nextDueNanos = Long.MAX_VALUE;
  private long waitsSinceNanos = NOTHING_WAITS;
  private long lastLeftNanos = Long.MAX_VALUE;
  private boolean owesAnswers;

  /**
   * Creates the lanes of a leader, none yet.
   *
   * @param leader null for those whose leader is not known
   */
  LeaderLanes(@Nullable BrokerAddress leader) {
    this.leader = leader;
  }

  @Nullable BrokerAddress leader() {
    return leader;
  }

  /** Adds a lane whose turn is behind that of all others. */
  void add(PartitionLane lane) {
    lanes.add(turn, lane);
    turn = (turn + 1) % lanes.size();
    lane.agenda().group = this;
  }

  /** Returns how many lanes there are, those included that have nothing. */
  int size() {
    return lanes.size();
  }

  /** Adds those to a list that have something, in the order of their turns. */
  void addBusyTo(List<PartitionLane> all) {
    for (int i = 0; i < lanes.size(); i++) {
      if (inTurn(i).agenda().busy) {
        all.add(inTurn(i));
      }
    }
  }

  /** Returns the lane whose turn it is after so many others. */
  PartitionLane inTurn(int others) {
    int index = turn + others;
    return lanes.get(index < lanes.size() ? index : index - lanes.size());
  }

  /** Has the turn of so many lanes be over. */
  void passTurn(int count) {
    turn = lanes.isEmpty() ? 0 : (turn + count) % lanes.size();
  }

  /** Notes that a request leaves for the leader, which so takes batches. */
  void left(long nowNanos) {
    lastLeftNanos = nowNanos;
    owesAnswers = true;
    if (waitsSinceNanos != NOTHING_WAITS) {
      waitsSinceNanos = nowNanos;
    }
  }

  /**
   * Notes whether batches wait for the leader.
   *
   * @return for how long some have waited without its taking any, in nanoseconds
   */
  long waited(boolean waits, long nowNanos) {
    if (!waits) {
      waitsSinceNanos = NOTHING_WAITS;
      return 0;
    }
    if (waitsSinceNanos == NOTHING_WAITS) {
      waitsSinceNanos = nowNanos;
    }
    return nowNanos - waitsSinceNanos;
  }

  /** Has lanes that have nothing leave. */
  void releaseIdle() {
    for (PartitionLane lane : lanes) {
      if (!lane.agenda().busy && lane.agenda().group == this) {
        lane.agenda().group = null;
      }
    }
  }

  /** Removes lanes that have gone to another leader, and those that have nothing if it is many. */
  void sweep() {
    int idle = 0;
    int gone = 0;
    for (PartitionLane lane : lanes) {
      gone += lane.agenda().group == this ? 0 : 1;
      idle += lane.agenda().busy ? 0 : 1;
    }
    if (gone == 0 && (idle <= MOST_IDLE || idle <= lanes.size() / 2)) {
      return;
    }
    List<PartitionLane> kept = new ArrayList<>(lanes.size());
    for (int i = 0; i < lanes.size(); i++) {
      PartitionLane lane = inTurn(i);
      if (lane.agenda().group != this) {
        continue;
      }
      if (lane.agenda().busy) {
        kept.add(lane);
      } else {
        lane.agenda().group = null;
      }
    }
    lanes.clear();
    lanes.addAll(kept);
    turn = 0;
  }

  /** Has all lanes looked at. */
  void change() {
    changed = true;
  }

  /** Notes that a lane has something that can leave, as soon as the leader takes it. */
  void offer() {
    offering = true;
  }

  /** Notes that no lane has anything that can leave now. */
  void offerNothing() {
    offering = false;
  }

  /** Says whether a lane may have something that can leave. */
  boolean offering() {
    return offering;
  }

  /** Returns when the last request left, {@link Long#MAX_VALUE} before the first one. */
  long lastLeftNanos() {
    return lastLeftNanos;
  }

  /**
   * Has the lanes looked at that wait for more records, if the last answer has come.
   *
   * @param owesMore whether the leader has still to answer a request
   */
  void answered(boolean owesMore) {
    changed |= owesAnswers && !owesMore && nextDueNanos != Long.MAX_VALUE;
    owesAnswers = owesMore;
  }

  /** Has the lanes looked at when a moment has come; {@link Long#MAX_VALUE} is none. */
  void lookAgainAt(long nanos) {
    nextLookNanos = earlier(nextLookNanos, nanos);
  }

  /** Has the lanes looked at from a moment on, as soon as their leader takes requests. */
  void dueAt(long nanos) {
    nextDueNanos = earlier(nextDueNanos, nanos);
  }

  /**
   * Returns when the lanes have to be looked at, {@link Long#MAX_VALUE} for never.
   *
   * @param takesRequests whether the leader takes requests
   */
  long nextLookNanos(boolean takesRequests) {
    return takesRequests ? earlier(nextLookNanos, nextDueNanos) : nextLookNanos;
  }

  /** Returns the earlier of two moments, of which {@link Long#MAX_VALUE} is never. */
  static long earlier(long one, long other) {
    if (one == Long.MAX_VALUE) {
      return other;
    }
    return other != Long.MAX_VALUE && other - one < 0 ? other : one;
  }

  /**
   * Says whether all lanes have to be looked at now; what led to it is forgotten then.
   *
   * @param takesRequests whether the leader takes requests
   */
  boolean beginLook(long nowNanos, boolean takesRequests) {
    long next = nextLookNanos(takesRequests);
    if (!changed && (next == Long.MAX_VALUE || next - nowNanos > 0)) {
      return false;
    }
    changed = false;
    offering = false;
    nextLookNanos = Long.MAX_VALUE;
    nextDueNanos = Long.MAX_VALUE;
    return true;
  }
}

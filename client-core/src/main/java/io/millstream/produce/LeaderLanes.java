package io.millstream.produce;

import io.millstream.network.BrokerAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of one leader that have something, and when they have to be looked at: something has
 * changed, a moment has come, or the leader takes requests again. Owned by the event loop.
 */
final class LeaderLanes {

  private static final long NOTHING_WAITS = Long.MAX_VALUE;

  private final @Nullable BrokerAddress leader;
  private final Set<PartitionLane> lanes = new LinkedHashSet<>();
  private boolean changed;
  private boolean heldBack;
  private long nextLookNanos = Long.MAX_VALUE;
  private long waitsSinceNanos = NOTHING_WAITS;

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

  void add(PartitionLane lane) {
    lanes.add(lane);
    changed = true;
  }

  void remove(PartitionLane lane) {
    lanes.remove(lane);
  }

  /** Puts lanes that were served behind those that did not get their turn. */
  void moveBehind(Collection<PartitionLane> served) {
    lanes.removeAll(served);
    lanes.addAll(served);
  }

  boolean isEmpty() {
    return lanes.isEmpty();
  }

  /** Returns the lanes as they are now, those that were served last at the end. */
  List<PartitionLane> inOrder() {
    return new ArrayList<>(lanes);
  }

  /** Returns the lanes, which may not change meanwhile. */
  Collection<PartitionLane> lanes() {
    return Collections.unmodifiableCollection(lanes);
  }

  /** Notes that the leader has taken a batch. */
  void took(long nowNanos) {
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

  /** Has the lanes looked at. */
  void change() {
    changed = true;
  }

  /** Has the lanes looked at once their leader has answered one of so many requests. */
  void holdBack() {
    heldBack = true;
  }

  /** Has the lanes looked at when a moment has come; {@link Long#MAX_VALUE} is none. */
  void lookAgainAt(long nanos) {
    if (nanos != Long.MAX_VALUE && (nextLookNanos == Long.MAX_VALUE || nanos - nextLookNanos < 0)) {
      nextLookNanos = nanos;
    }
  }

  /** Returns the earliest of these moments, {@link Long#MAX_VALUE} for none. */
  long nextLookNanos() {
    return nextLookNanos;
  }

  /** Says whether the lanes have to be looked at now; with them all that led to it is forgotten. */
  boolean beginLook(long nowNanos, boolean takesRequests) {
    boolean due = nextLookNanos != Long.MAX_VALUE && nextLookNanos - nowNanos <= 0;
    if (!changed && !due && !(heldBack && takesRequests)) {
      return false;
    }
    changed = false;
    heldBack = false;
    nextLookNanos = Long.MAX_VALUE;
    return true;
  }
}

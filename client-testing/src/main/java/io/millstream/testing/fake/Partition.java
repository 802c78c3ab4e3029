package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One partition: who leads it, its log, and the fetches that wait for it. */
final class Partition {

  static final int NO_LEADER = -1;

  private final String topic;
  private final int index;
  private final List<Integer> replicas;
  private final PartitionLog log;
  private final Set<Runnable> watchers = new LinkedHashSet<>();
  private int leader = NO_LEADER;
  private int leaderEpoch = -1;

  Partition(String topic, int index, List<Integer> replicas, Topic.Settings settings) {
    this.topic = topic;
    this.index = index;
    this.replicas = List.copyOf(replicas);
    this.log = new PartitionLog(settings);
  }

  int index() {
    return index;
  }

  List<Integer> replicas() {
    return replicas;
  }

  PartitionLog log() {
    return log;
  }

  int leader() {
    return leader;
  }

  int leaderEpoch() {
    return leaderEpoch;
  }

  /** Makes another broker leader, or none, and wakes those that wait at the old one. */
  void lead(int brokerId) {
    leader = brokerId;
    leaderEpoch++;
    log.epochBegins(leaderEpoch);
    wake();
  }

  /**
   * Checks that a request is at the right broker and knows the right epoch.
   *
   * @param expectedEpoch the epoch the client knows, negative for none
   */
  ErrorCode check(FakeBroker broker, int expectedEpoch) {
    if (expectedEpoch >= 0 && expectedEpoch < leaderEpoch) {
      return ErrorCode.FENCED_LEADER_EPOCH;
    }
    if (expectedEpoch > leaderEpoch) {
      return ErrorCode.UNKNOWN_LEADER_EPOCH;
    }
    return leader == broker.id() ? ErrorCode.NONE : ErrorCode.NOT_LEADER_OR_FOLLOWER;
  }

  void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  void unwatch(Runnable watcher) {
    watchers.remove(watcher);
  }

  /** Tells those that wait that something has changed. */
  void wake() {
    new ArrayList<>(watchers).forEach(Runnable::run);
  }

  @Override
  public String toString() {
    return topic + "-" + index;
  }
}

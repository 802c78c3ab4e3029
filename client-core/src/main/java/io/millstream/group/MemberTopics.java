package io.millstream.group;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The topics that a member needs to know: its own, and as leader those of the whole group, whose
 * partitions it watches. Owned by the event loop.
 */
final class MemberTopics {

  private final GroupTopics topics;
  private TreeSet<String> subscribed = new TreeSet<>();
  private Set<String> ofTheGroup = Set.of();
  private LedTopics led = LedTopics.NONE;

  /**
   * Creates those of a member that is none yet.
   *
   * @param topics what the client knows
   */
  MemberTopics(GroupTopics topics) {
    this.topics = topics;
  }

  /** Returns its own, sorted. */
  List<String> subscribed() {
    return List.copyOf(subscribed);
  }

  boolean isSubscribed() {
    return !subscribed.isEmpty();
  }

  boolean isSubscribed(String topic) {
    return subscribed.contains(topic);
  }

  /** Takes its own anew, and says whether they are others than before. */
  boolean subscribe(Set<String> wanted) {
    TreeSet<String> before = subscribed;
    subscribed = new TreeSet<>(wanted);
    want();
    return !subscribed.equals(before);
  }

  /** The member leaves: it needs none. */
  void forget() {
    leadsNothing();
    subscribe(Set.of());
  }

  /** The member is no leader, or not any more; the topics stay until others are wanted. */
  void leadsNothing() {
    ofTheGroup = Set.of();
    led = LedTopics.NONE;
  }

  /** The member leads a generation that has these topics. */
  void leads(Set<String> all) {
    ofTheGroup = all;
    want();
  }

  /** The member divides these partitions. */
  void divides(LedTopics divided) {
    led = divided;
  }

  /** Has the client know what is needed now, and nothing else. */
  void want() {
    TreeSet<String> all = new TreeSet<>(subscribed);
    all.addAll(ofTheGroup);
    topics.want(all);
  }

  /** Returns in words how the partitions differ from those that were divided; empty if not. */
  String changes() {
    LedTopics now = LedTopics.of(led.topics(), topics);
    return now.differsFrom(led)
        ? "the partitions of its topics changed from %s to %s"
            .formatted(led.partitionCounts(), now.partitionCounts())
        : "";
  }
}

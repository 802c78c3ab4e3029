package io.millstream.consume;

import io.millstream.clients.consumer.ConsumerRebalanceListener;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.group.ConsumerGroup;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the consumer reads: topics shared in a group, topics that match a pattern, or partitions
 * assigned by hand; one kind at a time.
 */
public final class Subscriptions {

  private enum Kind {
    NONE("nothing"),
    TOPICS("subscribe(topics)"),
    PATTERN("subscribe(pattern)"),
    PARTITIONS("assign(partitions)");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private final PollPermit permit;
  private final CallerWait waits;
  private final Assignment assignment;
  private final Listening listening;
  private final PollQueue queue;
  private final GroupTopicChoice choice;
  private Kind kind = Kind.NONE;
  private boolean closed;

  Subscriptions(
      PollPermit permit,
      CallerWait waits,
      Assignment assignment,
      Listening listening,
      PollQueue queue,
      GroupTopicChoice choice) {
    this.permit = permit;
    this.waits = waits;
    this.assignment = assignment;
    this.listening = listening;
    this.queue = queue;
    this.choice = choice;
  }

  /** Returns the topics subscribed to, as names or by pattern; none for assigned partitions. */
  public Set<String> topics() {
    return choice.subscribed();
  }

  /** Returns what is assigned. */
  public Set<TopicPartition> partitions() {
    return assignment.partitions();
  }

  /** Returns the topics subscribed to, or assigned partitions of. */
  Set<String> toBeRead() {
    Set<String> all = new LinkedHashSet<>(choice.subscribed());
    assignment.partitions().forEach(partition -> all.add(partition.topic()));
    return all;
  }

  /**
   * Subscribes to topics.
   *
   * @param topics none means {@link #unsubscribe}
   * @param listener null for none
   */
  public void subscribe(Collection<String> topics, @Nullable ConsumerRebalanceListener listener) {
    if (topics == null) {
      throw new IllegalArgumentException("The collection of topics to subscribe to is null");
    }
    Set<String> names = new TreeSet<>();
    for (String topic : topics) {
      if (topic == null || topic.isBlank()) {
        throw new IllegalArgumentException(
            "The topics to subscribe to contain one that is null or blank: " + topics);
      }
      names.add(topic);
    }
    if (names.isEmpty()) {
      unsubscribe();
      return;
    }
    choice.requireGroup();
    permit.run(
        "subscribe",
        () -> {
          become(Kind.TOPICS);
          listening.use(listener);
          queue.forgetEnd();
          choice.announce(names);
          waits.onLoop(
              "subscribe",
              () -> {
                // What ended the membership meanwhile concerned the subscription before.
                queue.forgetEnd();
                choice.topics(names);
              });
        });
  }

  /**
   * Subscribes to all topics whose names match.
   *
   * @param listener null for none
   */
  public void subscribe(Pattern pattern, @Nullable ConsumerRebalanceListener listener) {
    if (pattern == null || pattern.pattern().isEmpty()) {
      throw new IllegalArgumentException("The pattern to subscribe to is null or empty");
    }
    choice.requireGroup();
    permit.run(
        "subscribe",
        () -> {
          become(Kind.PATTERN);
          listening.use(listener);
          queue.forgetEnd();
          waits.onLoop(
              "subscribe",
              () -> {
                queue.forgetEnd();
                choice.pattern(pattern);
              });
        });
  }

  /**
   * Reads partitions without a group sharing them.
   *
   * @param partitions none means {@link #unsubscribe}
   */
  public void assign(Collection<TopicPartition> partitions) {
    if (partitions == null) {
      throw new IllegalArgumentException("The collection of partitions to assign is null");
    }
    Set<String> topics = new LinkedHashSet<>();
    for (TopicPartition partition : partitions) {
      String topic = partition == null ? null : partition.topic();
      if (topic == null || topic.isBlank()) {
        throw new IllegalArgumentException(
            "The partitions to assign contain one that is null or without topic: " + partitions);
      }
      topics.add(topic);
    }
    if (partitions.isEmpty()) {
      unsubscribe();
      return;
    }
    Set<TopicPartition> wanted = new LinkedHashSet<>(partitions);
    permit.run(
        "assign",
        () -> {
          become(Kind.PARTITIONS);
          commitLeaving(partition -> !wanted.contains(partition));
          waits.onLoop("assign", () -> choice.byHand(topics));
          assignment.replace(wanted);
        });
  }

  /** Ends the subscription or the assignment; the group hears of it while the caller goes on. */
  public void unsubscribe() {
    permit.run(
        "unsubscribe",
        () -> {
          giveUp();
          if (closed) {
            // By the listener.
            return;
          }
          kind = Kind.NONE;
          queue.forgetEnd();
          listening.use(null);
          choice.announce(Set.of());
          waits.onLoop(
              "unsubscribe",
              () -> {
                queue.forgetEnd();
                choice.nothing();
              });
          listening.throwFailure();
        });
  }

  /** Takes everything away for good; the loop is told of the end by others. */
  void close() {
    closed = true;
    giveUp();
  }

  /** Takes everything away; a group's partitions are revoked, or lost with the membership. */
  private void giveUp() {
    List<TopicPartition> all = List.copyOf(assignment.partitions());
    commitLeaving(partition -> true);
    if (kind == Kind.TOPICS || kind == Kind.PATTERN) {
      if (!all.isEmpty() && choice.isMember()) {
        assignment.revoke(all);
      } else if (!all.isEmpty()) {
        assignment.lost(all);
      }
      choice.group().assignmentTaken();
    } else {
      assignment.takeAway(all);
    }
  }

  /** Has auto commit, where it is on, commit what is given up without a rebalance. */
  private void commitLeaving(Predicate<TopicPartition> leaving) {
    Map<TopicPartition, OffsetAndMetadata> offsets = assignment.committable(leaving);
    if (!offsets.isEmpty() && !closed) {
      waits.onLoop("assign", () -> choice.group().leaving(offsets));
    }
  }

  /** Says whether there is a subscription or an assignment. */
  boolean isAny() {
    return kind != Kind.NONE;
  }

  /**
   * Refuses to poll nothing.
   *
   * @throws IllegalStateException if there is no subscription and no assignment
   */
  void requireAny() {
    if (!isAny()) {
      throw new IllegalStateException(
          "The consumer is not subscribed to any topic and has no partitions assigned: call"
              + " subscribe() or assign() before poll()");
    }
  }

  ConsumerGroup group() {
    return choice.group();
  }

  private void become(Kind next) {
    if (kind != Kind.NONE && kind != next) {
      throw new IllegalStateException(
          "%s was called before: call unsubscribe() first to use %s"
              .formatted(kind.text, next.text));
    }
    kind = next;
  }
}

package io.millstream.consume;

import io.millstream.cluster.ClusterView;
import io.millstream.cluster.Metadata;
import io.millstream.cluster.TopicView;
import io.millstream.group.ConsumerGroup;
import io.millstream.network.EventLoop;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which topics the client keeps in its metadata, and which of them the group hears of. Owned by the
 * event loop, but for what says otherwise.
 */
final class GroupTopicChoice {

  private final EventLoop loop;
  private final Metadata metadata;
  private final ConsumerGroup group;
  private volatile Set<String> byHand = Set.of();
  private @Nullable Pattern pattern;
  private volatile Set<String> subscribed = Set.of();

  /** Creates it; called where the loop is built. */
  GroupTopicChoice(EventLoop loop, Metadata metadata, ConsumerGroup group) {
    this.loop = loop;
    this.metadata = metadata;
    this.group = group;
    metadata.onChange((previous, current) -> match(current));
  }

  /** Returns the group; what may be asked of it from where is told there. */
  ConsumerGroup group() {
    return group;
  }

  /** Returns the topics that the group has heard of. Any thread. */
  Set<String> subscribed() {
    return subscribed;
  }

  /**
   * Any thread.
   *
   * @throws io.millstream.common.errors.InvalidGroupIdException if the consumer has no group
   */
  void requireGroup() {
    group.metadata();
  }

  /** Says whether the consumer is a member in a valid generation. Any thread. */
  boolean isMember() {
    return group.metadata().generationId() >= 0;
  }

  /** Makes the topics known at once to who asks for them. Called by the holder of the permit. */
  void announce(Set<String> topics) {
    subscribed = topics;
  }

  /** Returns the topics that the consumer has subscribed to or partitions of. Any thread. */
  Set<String> toBeRead() {
    Set<String> all = new LinkedHashSet<>(subscribed);
    all.addAll(byHand);
    return all;
  }

  void topics(Set<String> topics) {
    tell(topics);
  }

  void pattern(Pattern wanted) {
    pattern = wanted;
    metadata.wantAll(true);
    metadata.requestRefresh("the consumer subscribes to a pattern");
    Set<String> matching = matching(metadata.view(), wanted);
    // Told even if it is known: a membership that has ended begins again.
    if (!matching.isEmpty() || !subscribed.isEmpty()) {
      tell(matching);
    }
  }

  void byHand(Set<String> topics) {
    Set<String> before = byHand;
    byHand = topics;
    group.assignedByHand();
    byHand.forEach(metadata::hold);
    before.forEach(metadata::release);
  }

  void nothing() {
    byHand(Set.of());
    if (pattern != null) {
      pattern = null;
      metadata.wantAll(false);
    }
    subscribed = Set.of();
    group.unsubscribe(loop.nanoTime() + metadata.settings().retry().attemptNanos(), () -> {});
  }

  private void tell(Set<String> topics) {
    subscribed = new TreeSet<>(topics);
    group.subscribe(topics);
  }

  private void match(ClusterView view) {
    Pattern wanted = pattern;
    if (wanted == null) {
      return;
    }
    Set<String> matching = matching(view, wanted);
    // None at the beginning is nothing to join for, but none any more is one topic less to read.
    if (!matching.equals(subscribed)) {
      tell(matching);
    }
  }

  private static Set<String> matching(ClusterView view, Pattern wanted) {
    Set<String> matching = new TreeSet<>();
    for (TopicView topic : view.topics()) {
      if (!topic.internal() && wanted.matcher(topic.name()).matches()) {
        matching.add(topic.name());
      }
    }
    return matching;
  }
}

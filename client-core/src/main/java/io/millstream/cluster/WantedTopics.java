package io.millstream.cluster;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The topics that a client keeps in its view, and for how long. Owned by the event loop. */
final class WantedTopics {

  private final long idleNanos;
  private final Map<String, Long> lastUses = new LinkedHashMap<>();
  private final Map<String, Integer> holders = new HashMap<>();

  /**
   * Creates them; none is wanted.
   *
   * @param idleNanos how long one is kept that nobody holds or uses; negative for ever
   */
  WantedTopics(long idleNanos) {
    this.idleNanos = idleNanos;
  }

  /** Notes that a topic is used, and says whether it was not wanted before. */
  boolean use(String topic, long nowNanos) {
    return lastUses.put(topic, nowNanos) == null;
  }

  /** Notes one more holder of a topic, and says whether it was not wanted before. */
  boolean hold(String topic, long nowNanos) {
    holders.merge(topic, 1, Integer::sum);
    return use(topic, nowNanos);
  }

  /** Notes one holder less; without any the topic is not wanted any more. */
  void release(String topic) {
    if (holders.computeIfPresent(topic, (any, count) -> count == 1 ? null : count - 1) == null) {
      lastUses.remove(topic);
    }
  }

  void forgetIdle(long nowNanos) {
    if (idleNanos >= 0) {
      lastUses
          .entrySet()
          .removeIf(
              topic ->
                  nowNanos - topic.getValue() > idleNanos && !holders.containsKey(topic.getKey()));
    }
  }

  boolean contains(String topic) {
    return lastUses.containsKey(topic);
  }

  /** Returns those that are wanted now, in the order in which they came to be. */
  List<String> names() {
    return List.copyOf(lastUses.keySet());
  }

  boolean any(Predicate<String> test) {
    return lastUses.keySet().stream().anyMatch(test);
  }
}

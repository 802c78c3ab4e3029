package io.millstream.fetch;

import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.protocol.FetchRequest.FetchPartition;
import io.millstream.protocol.FetchRequest.FetchTopic;
import io.millstream.protocol.FetchRequest.ForgottenTopic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one broker remembers of this consumer's fetches (KIP-227), so that a request names only what
 * has changed since the one before. One request is under way at a time. Owned by the event loop.
 *
 * <pre>
 *   epoch 0   asks for everything, and for a session
 *   epoch n   changes since epoch n-1; after 2³¹-1 comes 1
 *   epoch -1  ends the session
 * </pre>
 */
final class FetchSession {

  /** The epoch of a request that ends its session. */
  static final int FINAL_EPOCH = -1;

  private static final int INITIAL_EPOCH = 0;
  private static final int NO_ID = 0;

  private final Map<TopicPartition, Asked> remembered = new LinkedHashMap<>();
  private int id = NO_ID;
  private int epoch = INITIAL_EPOCH;
  private boolean byTopicId;

  /** What is asked of one partition. */
  record Asked(TopicPartition partition, Uuid topicId, FetchPartition what) {}

  /** The part of a request that the session decides. */
  record Next(int id, int epoch, List<FetchTopic> topics, List<ForgottenTopic> forgotten) {}

  int id() {
    return id;
  }

  /**
   * Makes the next request, which must be answered or reset before the one after.
   *
   * @param wanted everything that is to be fetched
   * @param topicIds whether all topics have ids
   */
  Next next(List<Asked> wanted, boolean topicIds) {
    if (topicIds != byTopicId) {
      reset();
      byTopicId = topicIds;
    }
    if (epoch == INITIAL_EPOCH) {
      remembered.clear();
      wanted.forEach(asked -> remembered.put(asked.partition, asked));
      return new Next(id, epoch, topics(wanted), List.of());
    }
    Map<TopicPartition, Asked> unneeded = new LinkedHashMap<>(remembered);
    List<Asked> changed = new ArrayList<>();
    for (Asked asked : wanted) {
      Asked before = remembered.get(asked.partition);
      boolean sameTopic = before != null && before.topicId.equals(asked.topicId);
      if (sameTopic) {
        unneeded.remove(asked.partition);
      }
      if (!asked.equals(before)) {
        changed.add(asked);
      }
    }
    List<ForgottenTopic> forgotten = forgotten(unneeded.values());
    remembered.keySet().removeAll(unneeded.keySet());
    changed.forEach(asked -> remembered.put(asked.partition, asked));
    return new Next(id, epoch, topics(changed), forgotten);
  }

  /**
   * The request was answered without an error of its own.
   *
   * @param answeredId the id of the session, 0 if the broker keeps none
   */
  void answered(int answeredId) {
    if (answeredId == NO_ID) {
      reset();
      id = NO_ID;
    } else {
      id = answeredId;
      epoch = epoch == Integer.MAX_VALUE ? 1 : epoch + 1;
    }
  }

  /** The broker may or may not remember: the next request asks for a new session. */
  void reset() {
    epoch = INITIAL_EPOCH;
    remembered.clear();
  }

  /** The broker does not know the session. */
  void forget() {
    reset();
    id = NO_ID;
  }

  private static List<FetchTopic> topics(List<Asked> all) {
    Map<String, List<FetchPartition>> byTopic = new LinkedHashMap<>();
    Map<String, Uuid> ids = new LinkedHashMap<>();
    for (Asked asked : all) {
      String topic = asked.partition.topic();
      byTopic.computeIfAbsent(topic, any -> new ArrayList<>()).add(asked.what);
      ids.put(topic, asked.topicId);
    }
    List<FetchTopic> topics = new ArrayList<>();
    byTopic.forEach(
        (topic, partitions) ->
            topics.add(new FetchTopic(topic, ids.getOrDefault(topic, Uuid.ZERO_UUID), partitions)));
    return topics;
  }

  private static List<ForgottenTopic> forgotten(Iterable<Asked> all) {
    record Key(String topic, Uuid id) {}
    Map<Key, List<Integer>> byTopic = new LinkedHashMap<>();
    for (Asked asked : all) {
      byTopic
          .computeIfAbsent(
              new Key(asked.partition.topic(), asked.topicId), any -> new ArrayList<>())
          .add(asked.partition.partition());
    }
    List<ForgottenTopic> topics = new ArrayList<>();
    byTopic.forEach(
        (key, partitions) -> topics.add(new ForgottenTopic(key.topic, key.id, partitions)));
    return topics;
  }
}

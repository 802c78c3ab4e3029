package io.millstream.cluster;

import io.millstream.common.Uuid;
import io.millstream.network.BrokerAddress;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.MetadataResponse;
import io.millstream.protocol.MetadataResponse.MetadataResponsePartition;
import io.millstream.protocol.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes the next cluster view from the last one and what a broker said. What is known of a
 * partition is never replaced by what an older leader epoch says, since brokers learn of a new
 * leader at different times, not even where one that lags behind said meanwhile that there is no
 * such topic. A topic of another id is another topic. An id that was replaced, or where brokers are
 * too old for ids a leader epoch that begins anew, is believed after several answers in a row: one
 * alone may be of a broker that lags behind.
 */
final class ViewMerge {

  /** So many answers in a row are not all of brokers that lag behind. */
  private static final int DOUBTS = 5;

  private ViewMerge() {}

  /**
   * Merges.
   *
   * @param old the last view
   * @param response what a broker said
   * @param retained which topics stay although the answer does not mention them
   */
  static ClusterView merge(ClusterView old, MetadataResponse response, Predicate<String> retained) {
    List<BrokerAddress> brokers = new ArrayList<>();
    for (MetadataResponse.MetadataResponseBroker broker : response.brokers()) {
      brokers.add(new BrokerAddress(broker.nodeId(), broker.host(), broker.port(), broker.rack()));
    }
    Map<String, TopicView> topics = new LinkedHashMap<>();
    Map<String, TopicView> departed = new LinkedHashMap<>();
    Map<String, ErrorCode> errors = new LinkedHashMap<>();
    for (TopicView topic : old.topics()) {
      if (retained.test(topic.name())) {
        topics.put(topic.name(), topic);
      }
    }
    for (TopicView topic : old.departed()) {
      if (retained.test(topic.name())) {
        departed.put(topic.name(), topic);
      }
    }
    old.errors()
        .forEach(
            (name, error) -> {
              if (retained.test(name)) {
                errors.put(name, error);
              }
            });
    for (MetadataResponseTopic topic : response.topics()) {
      String name = topic.name();
      if (name != null) {
        if (ErrorCode.of(topic.errorCode()) == ErrorCode.NONE) {
          errors.remove(name);
          topics.put(name, merge(topic, name, topics.get(name), departed.remove(name)));
        } else {
          refuse(topic, name, topics, departed, errors);
        }
      }
    }
    String clusterId = response.clusterId() == null ? old.clusterId() : response.clusterId();
    ClusterView.Identity identity =
        new ClusterView.Identity(old.version() + 1, clusterId, response.controllerId());
    return new ClusterView(identity, brokers, topics.values(), departed.values(), errors);
  }

  /**
   * Completes an answer about all topics, which does not mention those that do not exist.
   *
   * @param wanted topics that the answer would have to name if it had been asked for them
   */
  static MetadataResponse withMissing(MetadataResponse response, Collection<String> wanted) {
    Set<String> missing = new LinkedHashSet<>(wanted);
    response.topics().forEach(topic -> missing.remove(topic.name()));
    if (missing.isEmpty()) {
      return response;
    }
    List<MetadataResponseTopic> topics = new ArrayList<>(response.topics());
    for (String name : missing) {
      topics.add(
          MetadataResponseTopic.defaults()
              .withName(name)
              .withErrorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code()));
    }
    return response.withTopics(topics);
  }

  /** Returns the same answer as of a broker that knows of no leader epochs. */
  static MetadataResponse withoutEpochs(MetadataResponse response) {
    return response.withTopics(
        response.topics().stream()
            .map(
                topic ->
                    topic.withPartitions(
                        topic.partitions().stream()
                            .map(partition -> partition.withLeaderEpoch(PartitionView.NO_EPOCH))
                            .toList()))
            .toList());
  }

  /** Returns what is newer than what is known, of partitions that are known. */
  static List<LeaderHint> news(ClusterView old, List<LeaderHint> hints) {
    List<LeaderHint> news = new ArrayList<>();
    for (LeaderHint hint : hints) {
      TopicView topic = old.topic(hint.partition().topic());
      PartitionView known = topic == null ? null : topic.partition(hint.partition().partition());
      if (known != null && hint.leaderEpoch() > known.leaderEpoch()) {
        news.add(hint);
      }
    }
    return news;
  }

  /**
   * Makes the view in which partitions have the leaders that brokers have told of.
   *
   * @param old the last view
   * @param news what {@link #news} has found, one for each partition
   * @return the new view
   */
  static ClusterView hint(ClusterView old, List<LeaderHint> news) {
    Map<String, Map<Integer, LeaderHint>> byTopic = new LinkedHashMap<>();
    List<BrokerAddress> brokers = new ArrayList<>(old.brokers());
    for (LeaderHint hint : news) {
      byTopic
          .computeIfAbsent(hint.partition().topic(), topic -> new LinkedHashMap<>())
          .put(hint.partition().partition(), hint);
    }
    for (BrokerAddress leader :
        new LinkedHashSet<>(news.stream().map(LeaderHint::leader).toList())) {
      brokers.removeIf(broker -> broker.id() == leader.id());
      brokers.add(leader);
    }
    List<TopicView> topics = new ArrayList<>(old.topics());
    topics.replaceAll(topic -> hint(topic, byTopic.getOrDefault(topic.name(), Map.of())));
    ClusterView.Identity identity = old.identity();
    return new ClusterView(
        new ClusterView.Identity(old.version() + 1, identity.clusterId(), identity.controllerId()),
        brokers,
        topics,
        old.departed(),
        old.errors());
  }

  private static TopicView hint(TopicView topic, Map<Integer, LeaderHint> news) {
    if (news.isEmpty()) {
      return topic;
    }
    List<PartitionView> partitions = new ArrayList<>(topic.partitions());
    partitions.replaceAll(
        known -> {
          LeaderHint hint = news.get(known.partition());
          return hint == null ? known : known.withLeader(hint.leader().id(), hint.leaderEpoch());
        });
    return topic.withPartitions(partitions);
  }

  private static void refuse(
      MetadataResponseTopic topic,
      String name,
      Map<String, TopicView> topics,
      Map<String, TopicView> departed,
      Map<String, ErrorCode> errors) {
    ErrorCode error = ErrorCode.of(topic.errorCode());
    errors.put(name, error);
    if (error != ErrorCode.LEADER_NOT_AVAILABLE) {
      TopicView last = topics.remove(name);
      if (last != null && last.hasId()) {
        departed.put(name, last);
      }
    }
  }

  private static TopicView merge(
      MetadataResponseTopic topic,
      String name,
      @Nullable TopicView present,
      @Nullable TopicView departed) {
    Uuid id = topic.topicId();
    // One that tells of no id may tell of a topic that was created again.
    TopicView known = present == null && !id.equals(Uuid.ZERO_UUID) ? departed : present;
    Set<Uuid> formerIds = known == null ? Set.of() : known.formerIds();
    if (known != null && formerIds.contains(id) && known.doubts() + 1 < DOUBTS) {
      return known.doubted();
    }
    if (known != null && known.hasId() && id.equals(Uuid.ZERO_UUID)) {
      id = known.topicId(); // told by a broker that is too old to tell of ids
    } else if (known != null && known.hasId() && !known.topicId().equals(id)) {
      formerIds = new LinkedHashSet<>(formerIds);
      formerIds.remove(id);
      formerIds.add(known.topicId());
      known = null;
    }
    boolean hasId = !id.equals(Uuid.ZERO_UUID);
    List<PartitionView> partitions = new ArrayList<>();
    for (MetadataResponsePartition partition : topic.partitions()) {
      if (partition.partitionIndex() >= 0) {
        partitions.add(newer(known, partition, hasId));
      }
    }
    partitions.sort(Comparator.comparingInt(PartitionView::partition));
    return new TopicView(name, id, topic.isInternal(), partitions, formerIds, 0);
  }

  private static PartitionView newer(
      @Nullable TopicView known, MetadataResponsePartition told, boolean hasId) {
    PartitionView old = known == null ? null : known.partition(told.partitionIndex());
    boolean hasEpoch = told.leaderEpoch() != PartitionView.NO_EPOCH;
    if (old != null && hasEpoch && told.leaderEpoch() < old.leaderEpoch()) {
      if (hasId) {
        return old;
      }
      if (old.doubts() + 1 < DOUBTS) {
        return old.doubted();
      }
    }
    return new PartitionView(
        told.partitionIndex(),
        told.leaderId(),
        told.leaderEpoch(),
        told.replicaNodes(),
        told.isrNodes(),
        told.offlineReplicas(),
        0);
  }
}

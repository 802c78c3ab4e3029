package io.millstream.cluster;

import io.millstream.common.Uuid;
import io.millstream.network.BrokerAddress;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.MetadataResponse;
import io.millstream.protocol.MetadataResponse.MetadataResponsePartition;
import io.millstream.protocol.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the next cluster view from the last one and what a broker said. What is known of a
 * partition is never replaced by what an older leader epoch says, since brokers learn of a new
 * leader at different times; a topic of another id is another topic.
 */
final class ViewMerge {

  private static final Logger LOG = LoggerFactory.getLogger(Metadata.class);

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
    Map<String, ErrorCode> errors = new LinkedHashMap<>();
    for (TopicView topic : old.topics()) {
      if (retained.test(topic.name())) {
        topics.put(topic.name(), topic);
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
        merge(name, topic, topics, errors);
      }
    }
    String clusterId = response.clusterId() == null ? old.clusterId() : response.clusterId();
    ClusterView.Identity identity =
        new ClusterView.Identity(old.version() + 1, clusterId, response.controllerId());
    return new ClusterView(identity, brokers, topics.values(), errors);
  }

  /**
   * Takes over what a broker said about one partition in an answer to something else (KIP-951).
   *
   * @return the new view, or null if the hint is older than what is known
   */
  static @Nullable ClusterView hint(
      ClusterView old, String topicName, int partition, BrokerAddress leader, int leaderEpoch) {
    TopicView topic = old.topic(topicName);
    PartitionView known = topic == null ? null : topic.partition(partition);
    if (topic == null || known == null || leaderEpoch <= known.leaderEpoch()) {
      return null;
    }
    List<PartitionView> partitions = new ArrayList<>(topic.partitions());
    partitions.replaceAll(
        view -> view.partition() == partition ? view.withLeader(leader.id(), leaderEpoch) : view);
    Map<String, TopicView> topics = new LinkedHashMap<>();
    old.topics().forEach(view -> topics.put(view.name(), view));
    topics.put(topicName, new TopicView(topicName, topic.topicId(), topic.internal(), partitions));
    List<BrokerAddress> brokers = new ArrayList<>(old.brokers());
    brokers.removeIf(broker -> broker.id() == leader.id());
    brokers.add(leader);
    ClusterView.Identity identity = old.identity();
    return new ClusterView(
        new ClusterView.Identity(old.version() + 1, identity.clusterId(), identity.controllerId()),
        brokers,
        topics.values(),
        old.errors());
  }

  private static void merge(
      String name,
      MetadataResponseTopic topic,
      Map<String, TopicView> topics,
      Map<String, ErrorCode> errors) {
    ErrorCode error = ErrorCode.of(topic.errorCode());
    if (error != ErrorCode.NONE) {
      errors.put(name, error);
      if (error != ErrorCode.LEADER_NOT_AVAILABLE) {
        topics.remove(name);
      }
      return;
    }
    errors.remove(name);
    TopicView known = topics.get(name);
    Uuid id = topic.topicId();
    if (known != null && known.hasId() && id.equals(Uuid.ZERO_UUID)) {
      id = known.topicId(); // told by a broker that is too old to tell of ids
    } else if (known != null && known.hasId() && !known.topicId().equals(id)) {
      LOG.info(
          "Topic {} was deleted and created again: its id changed from {} to {}",
          name,
          known.topicId(),
          id);
      known = null;
    }
    List<PartitionView> partitions = new ArrayList<>();
    for (MetadataResponsePartition partition : topic.partitions()) {
      partitions.add(newer(name, known, partition));
    }
    partitions.sort(Comparator.comparingInt(PartitionView::partition));
    topics.put(name, new TopicView(name, id, topic.isInternal(), partitions));
  }

  private static PartitionView newer(
      String topic, @Nullable TopicView known, MetadataResponsePartition told) {
    PartitionView old = known == null ? null : known.partition(told.partitionIndex());
    if (old != null && told.leaderEpoch() < old.leaderEpoch()) {
      return old;
    }
    if (old != null && old.leaderId() != told.leaderId()) {
      LOG.info(
          "The leader of {}-{} moved from {} to {} (leader epoch {})",
          topic,
          told.partitionIndex(),
          old.leaderId(),
          told.leaderId(),
          told.leaderEpoch());
    }
    return new PartitionView(
        told.partitionIndex(),
        told.leaderId(),
        told.leaderEpoch(),
        told.replicaNodes(),
        told.isrNodes(),
        told.offlineReplicas());
  }
}

package io.millstream.testing.fake;

import io.millstream.common.Uuid;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.MetadataRequest;
import io.millstream.protocol.MetadataRequest.MetadataRequestTopic;
import io.millstream.protocol.MetadataResponse;
import io.millstream.protocol.MetadataResponse.MetadataResponseBroker;
import io.millstream.protocol.MetadataResponse.MetadataResponsePartition;
import io.millstream.protocol.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what the broker asked knows of brokers, topics and leaders, which may be late. */
final class Metadata implements Handler<MetadataRequest, MetadataResponse> {

  private static final int NEW_TOPIC_PARTITIONS = 1;

  private final ClusterState cluster;

  Metadata(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(MetadataRequest request, Exchange<MetadataResponse> exchange) {
    BrokerImage image = cluster.topics().image(exchange.broker());
    List<MetadataResponseTopic> topics = new ArrayList<>();
    List<MetadataRequestTopic> asked = request.topics();
    if (asked == null) {
      image.topics().forEach(topic -> topics.add(told(topic, image)));
    } else {
      for (MetadataRequestTopic topic : asked) {
        topics.add(told(topic, image, request.allowAutoTopicCreation()));
      }
    }
    exchange.answer(cluster().withTopics(topics));
  }

  private MetadataResponse cluster() {
    List<FakeBroker> running = cluster.runningBrokers();
    return MetadataResponse.defaults()
        .withBrokers(
            running.stream()
                .map(
                    broker ->
                        new MetadataResponseBroker(
                            broker.id(), broker.host(), broker.port(), broker.rack()))
                .toList())
        .withClusterId(cluster.clusterId())
        .withControllerId(running.isEmpty() ? -1 : running.get(0).id());
  }

  private MetadataResponseTopic told(
      MetadataRequestTopic asked, BrokerImage image, boolean create) {
    String name = asked.name();
    if (name == null) {
      Topic topic = image.find(asked.topicId());
      return topic == null
          ? refused(null, asked.topicId(), ErrorCode.UNKNOWN_TOPIC_ID)
          : told(topic, image);
    }
    Topic topic = image.find(name);
    if (topic != null) {
      return told(topic, image);
    }
    if (!Topics.isLegal(name)) {
      return refused(name, Uuid.ZERO_UUID, ErrorCode.INVALID_TOPIC_EXCEPTION);
    }
    if (create && cluster.createsTopics() && cluster.topics().find(name) == null) {
      cluster.topics().create(name, NEW_TOPIC_PARTITIONS, 1, Topic.Settings.DEFAULTS);
    }
    return refused(name, Uuid.ZERO_UUID, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  private MetadataResponseTopic told(Topic topic, BrokerImage image) {
    List<MetadataResponsePartition> partitions = new ArrayList<>();
    for (Partition partition : topic.partitions()) {
      BrokerImage.Leader leader = image.leader(partition);
      List<Integer> running = partition.replicas().stream().filter(cluster::runs).toList();
      List<Integer> offline =
          partition.replicas().stream().filter(replica -> !cluster.runs(replica)).toList();
      ErrorCode error =
          cluster.runs(leader.brokerId()) ? ErrorCode.NONE : ErrorCode.LEADER_NOT_AVAILABLE;
      partitions.add(
          MetadataResponsePartition.defaults()
              .withErrorCode(error.code())
              .withPartitionIndex(partition.index())
              .withLeaderId(error == ErrorCode.NONE ? leader.brokerId() : Partition.NO_LEADER)
              .withLeaderEpoch(leader.epoch())
              .withReplicaNodes(partition.replicas())
              .withIsrNodes(running)
              .withOfflineReplicas(offline));
    }
    return MetadataResponseTopic.defaults()
        .withName(topic.name())
        .withTopicId(topic.id())
        .withPartitions(partitions);
  }

  private static MetadataResponseTopic refused(
      @Nullable String name, Uuid topicId, ErrorCode error) {
    return MetadataResponseTopic.defaults()
        .withErrorCode(error.code())
        .withName(name)
        .withTopicId(topicId);
  }

  @Override
  public MetadataResponse refuse(MetadataRequest request, ErrorCode error, short version) {
    List<MetadataRequestTopic> asked = request.topics();
    return cluster()
        .withTopics(
            asked == null
                ? List.of()
                : asked.stream()
                    .map(topic -> refused(topic.name(), topic.topicId(), error))
                    .toList());
  }

  @Override
  public MetadataResponse throttled(MetadataResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

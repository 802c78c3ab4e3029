package io.millstream.testing.fake;

import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.OffsetFetchRequest;
import io.millstream.protocol.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.millstream.protocol.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.millstream.protocol.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.millstream.protocol.OffsetFetchResponse;
import io.millstream.protocol.OffsetFetchResponse.OffsetFetchResponseGroup;
import io.millstream.protocol.OffsetFetchResponse.OffsetFetchResponsePartition;
import io.millstream.protocol.OffsetFetchResponse.OffsetFetchResponsePartitions;
import io.millstream.protocol.OffsetFetchResponse.OffsetFetchResponseTopic;
import io.millstream.protocol.OffsetFetchResponse.OffsetFetchResponseTopics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the stored positions of groups. */
final class OffsetFetch implements Handler<OffsetFetchRequest, OffsetFetchResponse> {

  private static final short FIRST_WITH_GROUPS = 8;
  private static final short FIRST_WITH_TOPIC_IDS = 10;
  private static final CommittedOffset NONE = new CommittedOffset(-1, -1, "");

  private final ClusterState cluster;

  OffsetFetch(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(OffsetFetchRequest request, Exchange<OffsetFetchResponse> exchange) {
    short version = exchange.version();
    if (version >= FIRST_WITH_GROUPS) {
      exchange.answer(
          OffsetFetchResponse.defaults()
              .withGroups(
                  request.groups().stream()
                      .map(
                          group ->
                              answer(group, exchange.broker(), version, request.requireStable()))
                      .toList()));
      return;
    }
    OffsetFetchResponseGroup group =
        answer(groupOf(request), exchange.broker(), version, request.requireStable());
    exchange.answer(
        OffsetFetchResponse.defaults()
            .withErrorCode(group.errorCode())
            .withTopics(group.topics().stream().map(OffsetFetch::withoutGroup).toList()));
  }

  /** Returns the only group of a request in the layout of old versions. */
  private static OffsetFetchRequestGroup groupOf(OffsetFetchRequest request) {
    List<OffsetFetchRequestTopic> topics = request.topics();
    List<OffsetFetchRequestTopics> asked = null;
    if (topics != null) {
      asked = new ArrayList<>();
      for (OffsetFetchRequestTopic topic : topics) {
        asked.add(
            new OffsetFetchRequestTopics(topic.name(), Uuid.ZERO_UUID, topic.partitionIndexes()));
      }
    }
    return OffsetFetchRequestGroup.defaults().withGroupId(request.groupId()).withTopics(asked);
  }

  private static OffsetFetchResponseTopic withoutGroup(OffsetFetchResponseTopics topic) {
    return new OffsetFetchResponseTopic(
        topic.name(),
        topic.partitions().stream()
            .map(
                partition ->
                    new OffsetFetchResponsePartition(
                        partition.partitionIndex(),
                        partition.committedOffset(),
                        partition.committedLeaderEpoch(),
                        partition.metadata(),
                        partition.errorCode()))
            .toList());
  }

  private OffsetFetchResponseGroup answer(
      OffsetFetchRequestGroup asked, FakeBroker broker, short version, boolean stable) {
    ErrorCode error = cluster.groups().check(asked.groupId(), broker);
    if (error != ErrorCode.NONE) {
      return refused(asked.groupId(), error);
    }
    Group group = cluster.groups().find(asked.groupId());
    Map<TopicPartition, CommittedOffset> offsets = group == null ? Map.of() : group.offsets();
    List<OffsetFetchRequestTopics> topics = asked.topics();
    List<OffsetFetchResponseTopics> found =
        topics == null
            ? all(offsets)
            : topics.stream().map(topic -> answer(topic, offsets, version)).toList();
    return OffsetFetchResponseGroup.defaults()
        .withGroupId(asked.groupId())
        .withTopics(
            stable ? found.stream().map(topic -> decided(asked.groupId(), topic)).toList() : found);
  }

  /** Has the client wait for offsets that an open transaction may change (KIP-447). */
  private OffsetFetchResponseTopics decided(String groupId, OffsetFetchResponseTopics told) {
    Topic topic = cluster.topics().find(told.name(), told.topicId());
    String name = topic == null ? told.name() : topic.name();
    return told.withPartitions(
        told.partitions().stream()
            .map(
                partition ->
                    cluster
                            .transactions()
                            .isPending(
                                groupId, new TopicPartition(name, partition.partitionIndex()))
                        ? told(partition.partitionIndex(), NONE)
                            .withErrorCode(ErrorCode.UNSTABLE_OFFSET_COMMIT.code())
                        : partition)
            .toList());
  }

  private List<OffsetFetchResponseTopics> all(Map<TopicPartition, CommittedOffset> offsets) {
    Map<String, List<OffsetFetchResponsePartitions>> byTopic = new LinkedHashMap<>();
    offsets.forEach(
        (partition, committed) ->
            byTopic
                .computeIfAbsent(partition.topic(), name -> new ArrayList<>())
                .add(told(partition.partition(), committed)));
    List<OffsetFetchResponseTopics> topics = new ArrayList<>();
    byTopic.forEach(
        (name, partitions) -> {
          Topic topic = cluster.topics().find(name);
          topics.add(
              new OffsetFetchResponseTopics(
                  name, topic == null ? Uuid.ZERO_UUID : topic.id(), partitions));
        });
    return topics;
  }

  private OffsetFetchResponseTopics answer(
      OffsetFetchRequestTopics asked, Map<TopicPartition, CommittedOffset> offsets, short version) {
    Topic topic = cluster.topics().find(asked.name(), asked.topicId());
    boolean unknownId = version >= FIRST_WITH_TOPIC_IDS && topic == null;
    String name = topic == null ? asked.name() : topic.name();
    List<OffsetFetchResponsePartitions> partitions = new ArrayList<>();
    for (int index : asked.partitionIndexes()) {
      @Nullable CommittedOffset committed = offsets.get(new TopicPartition(name, index));
      OffsetFetchResponsePartitions told = told(index, committed == null ? NONE : committed);
      partitions.add(unknownId ? told.withErrorCode(ErrorCode.UNKNOWN_TOPIC_ID.code()) : told);
    }
    return new OffsetFetchResponseTopics(asked.name(), asked.topicId(), partitions);
  }

  private static OffsetFetchResponsePartitions told(int index, CommittedOffset committed) {
    return OffsetFetchResponsePartitions.defaults()
        .withPartitionIndex(index)
        .withCommittedOffset(committed.offset())
        .withCommittedLeaderEpoch(committed.leaderEpoch())
        .withMetadata(committed.metadata());
  }

  private static OffsetFetchResponseGroup refused(String groupId, ErrorCode error) {
    return OffsetFetchResponseGroup.defaults().withGroupId(groupId).withErrorCode(error.code());
  }

  @Override
  public OffsetFetchResponse refuse(OffsetFetchRequest request, ErrorCode error, short version) {
    return request.groups().isEmpty()
        ? OffsetFetchResponse.defaults().withErrorCode(error.code())
        : OffsetFetchResponse.defaults()
            .withGroups(
                request.groups().stream().map(group -> refused(group.groupId(), error)).toList());
  }

  @Override
  public OffsetFetchResponse throttled(OffsetFetchResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

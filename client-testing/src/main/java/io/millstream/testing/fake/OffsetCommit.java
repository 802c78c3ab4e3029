package io.millstream.testing.fake;

import io.millstream.common.TopicPartition;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.OffsetCommitRequest;
import io.millstream.protocol.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.millstream.protocol.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.millstream.protocol.OffsetCommitResponse;
import io.millstream.protocol.OffsetCommitResponse.OffsetCommitResponsePartition;
import io.millstream.protocol.OffsetCommitResponse.OffsetCommitResponseTopic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores the positions of a group. */
final class OffsetCommit implements Handler<OffsetCommitRequest, OffsetCommitResponse> {

  private static final short FIRST_WITH_GROUP_NOT_FOUND = 9;
  private static final short FIRST_WITH_TOPIC_IDS = 10;
  private static final int MOST_METADATA_BYTES = 4096;

  private final ClusterState cluster;

  OffsetCommit(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(OffsetCommitRequest request, Exchange<OffsetCommitResponse> exchange) {
    ErrorCode error = cluster.groups().check(request.groupId(), exchange.broker());
    if (error == ErrorCode.NONE) {
      error = check(cluster.groups().find(request.groupId()), request, exchange.version());
    }
    if (error != ErrorCode.NONE) {
      exchange.answer(refuse(request, error, exchange.version()));
      return;
    }
    Group group = cluster.groups().findOrCreate(request.groupId());
    Member member = group.member(request.memberId());
    if (member != null && !member.joins()) {
      group.keepAlive(member);
    }
    List<OffsetCommitResponseTopic> topics = new ArrayList<>();
    for (OffsetCommitRequestTopic asked : request.topics()) {
      Topic topic = cluster.topics().find(asked.name(), asked.topicId());
      List<OffsetCommitResponsePartition> partitions = new ArrayList<>();
      for (OffsetCommitRequestPartition partition : asked.partitions()) {
        ErrorCode result = store(group, topic, partition, exchange.version());
        partitions.add(
            new OffsetCommitResponsePartition(partition.partitionIndex(), result.code()));
      }
      topics.add(new OffsetCommitResponseTopic(asked.name(), asked.topicId(), partitions));
    }
    exchange.answer(OffsetCommitResponse.defaults().withTopics(topics));
  }

  static ErrorCode check(@Nullable Group group, OffsetCommitRequest request, short version) {
    int generation = request.generationIdOrMemberEpoch();
    if (group == null) {
      ErrorCode noGroup =
          version < FIRST_WITH_GROUP_NOT_FOUND
              ? ErrorCode.ILLEGAL_GENERATION
              : ErrorCode.GROUP_ID_NOT_FOUND;
      return generation < 0 ? ErrorCode.NONE : noGroup;
    }
    if (generation < 0 && group.state() == Group.State.EMPTY) {
      return ErrorCode.NONE;
    }
    boolean named =
        generation >= 0 || !request.memberId().isEmpty() || request.groupInstanceId() != null;
    ErrorCode error =
        named
            ? JoinGroup.check(
                group,
                group.member(request.memberId()),
                request.memberId(),
                request.groupInstanceId())
            : ErrorCode.UNKNOWN_MEMBER_ID;
    if (error != ErrorCode.NONE) {
      return error;
    }
    if (generation != group.generation()) {
      return ErrorCode.ILLEGAL_GENERATION;
    }
    return group.state() == Group.State.COMPLETING_REBALANCE
        ? ErrorCode.REBALANCE_IN_PROGRESS
        : ErrorCode.NONE;
  }

  private ErrorCode store(
      Group group, @Nullable Topic topic, OffsetCommitRequestPartition asked, short version) {
    if (topic == null && version >= FIRST_WITH_TOPIC_IDS) {
      return ErrorCode.UNKNOWN_TOPIC_ID;
    }
    if (topic == null || Topics.partition(topic, asked.partitionIndex()) == null) {
      return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }
    String metadata = asked.committedMetadata();
    if (metadata != null && metadata.length() > MOST_METADATA_BYTES) {
      return ErrorCode.OFFSET_METADATA_TOO_LARGE;
    }
    TopicPartition partition = new TopicPartition(topic.name(), asked.partitionIndex());
    group
        .offsets()
        .put(
            partition,
            new CommittedOffset(
                asked.committedOffset(),
                asked.committedLeaderEpoch(),
                metadata == null ? "" : metadata));
    cluster.host().note(partition + " is committed at " + asked.committedOffset());
    return ErrorCode.NONE;
  }

  @Override
  public OffsetCommitResponse refuse(OffsetCommitRequest request, ErrorCode error, short version) {
    return OffsetCommitResponse.defaults()
        .withTopics(
            request.topics().stream()
                .map(
                    topic ->
                        new OffsetCommitResponseTopic(
                            topic.name(),
                            topic.topicId(),
                            topic.partitions().stream()
                                .map(
                                    partition ->
                                        new OffsetCommitResponsePartition(
                                            partition.partitionIndex(), error.code()))
                                .toList()))
                .toList());
  }

  @Override
  public OffsetCommitResponse throttled(OffsetCommitResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

package io.millstream.testing.fake;

import io.millstream.common.TopicPartition;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.OffsetCommitRequest;
import io.millstream.protocol.TxnOffsetCommitRequest;
import io.millstream.protocol.TxnOffsetCommitRequest.TxnOffsetCommitRequestPartition;
import io.millstream.protocol.TxnOffsetCommitRequest.TxnOffsetCommitRequestTopic;
import io.millstream.protocol.TxnOffsetCommitResponse;
import io.millstream.protocol.TxnOffsetCommitResponse.TxnOffsetCommitResponsePartition;
import io.millstream.protocol.TxnOffsetCommitResponse.TxnOffsetCommitResponseTopic;
import io.millstream.testing.fake.ClusterState.ProducerIdentity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes offsets that are stored when their transaction is committed. */
final class TxnOffsetCommit implements Handler<TxnOffsetCommitRequest, TxnOffsetCommitResponse> {

  private static final short FIRST_THAT_ADDS = 5;

  private final ClusterState cluster;

  TxnOffsetCommit(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(TxnOffsetCommitRequest request, Exchange<TxnOffsetCommitResponse> exchange) {
    ProducerIdentity producer = new ProducerIdentity(request.producerId(), request.producerEpoch());
    ErrorCode error = cluster.groups().check(request.groupId(), exchange.broker());
    if (error == ErrorCode.NONE) {
      error = checkMember(request);
    }
    if (error == ErrorCode.NONE && exchange.version() >= FIRST_THAT_ADDS) {
      error =
          cluster.transactions().addGroup(request.transactionalId(), producer, request.groupId());
    }
    if (error != ErrorCode.NONE) {
      exchange.answer(refuse(request, error, exchange.version()));
      return;
    }
    List<TxnOffsetCommitResponseTopic> topics = new ArrayList<>();
    for (TxnOffsetCommitRequestTopic asked : request.topics()) {
      Topic topic = cluster.topics().find(asked.name(), asked.topicId());
      List<TxnOffsetCommitResponsePartition> partitions = new ArrayList<>();
      for (TxnOffsetCommitRequestPartition partition : asked.partitions()) {
        partitions.add(
            new TxnOffsetCommitResponsePartition(
                partition.partitionIndex(), note(request, producer, topic, partition).code()));
      }
      topics.add(new TxnOffsetCommitResponseTopic(asked.name(), asked.topicId(), partitions));
    }
    exchange.answer(TxnOffsetCommitResponse.defaults().withTopics(topics));
  }

  private ErrorCode checkMember(TxnOffsetCommitRequest request) {
    if (request.generationIdOrMemberEpoch() < 0 && request.memberId().isEmpty()) {
      return ErrorCode.NONE;
    }
    return OffsetCommit.check(
        cluster.groups().find(request.groupId()),
        OffsetCommitRequest.defaults()
            .withGroupId(request.groupId())
            .withGenerationIdOrMemberEpoch(request.generationIdOrMemberEpoch())
            .withMemberId(request.memberId())
            .withGroupInstanceId(request.groupInstanceId()),
        (short) 0);
  }

  private ErrorCode note(
      TxnOffsetCommitRequest request,
      ProducerIdentity producer,
      @Nullable Topic topic,
      TxnOffsetCommitRequestPartition asked) {
    if (topic == null || Topics.partition(topic, asked.partitionIndex()) == null) {
      return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }
    String metadata = asked.committedMetadata();
    return cluster
        .transactions()
        .addOffset(
            request.transactionalId(),
            producer,
            request.groupId(),
            new TopicPartition(topic.name(), asked.partitionIndex()),
            new CommittedOffset(
                asked.committedOffset(),
                asked.committedLeaderEpoch(),
                metadata == null ? "" : metadata));
  }

  @Override
  public TxnOffsetCommitResponse refuse(
      TxnOffsetCommitRequest request, ErrorCode error, short version) {
    return TxnOffsetCommitResponse.defaults()
        .withTopics(
            request.topics().stream()
                .map(
                    topic ->
                        new TxnOffsetCommitResponseTopic(
                            topic.name(),
                            topic.topicId(),
                            topic.partitions().stream()
                                .map(
                                    partition ->
                                        new TxnOffsetCommitResponsePartition(
                                            partition.partitionIndex(), error.code()))
                                .toList()))
                .toList());
  }

  @Override
  public TxnOffsetCommitResponse throttled(TxnOffsetCommitResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.OffsetForLeaderEpochRequest;
import io.millstream.protocol.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.millstream.protocol.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.millstream.protocol.OffsetForLeaderEpochResponse;
import io.millstream.protocol.OffsetForLeaderEpochResponse.EpochEndOffset;
import io.millstream.protocol.OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult;
import io.millstream.testing.fake.PartitionLog.EpochEnd;
import java.util.ArrayList;
import java.util.List;

/** Tells where leader epochs ended. */
final class OffsetForLeaderEpoch
    implements Handler<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse> {

  private final ClusterState cluster;

  OffsetForLeaderEpoch(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(
      OffsetForLeaderEpochRequest request, Exchange<OffsetForLeaderEpochResponse> exchange) {
    List<OffsetForLeaderTopicResult> topics = new ArrayList<>();
    for (OffsetForLeaderTopic topic : request.topics()) {
      List<EpochEndOffset> partitions = new ArrayList<>();
      for (OffsetForLeaderPartition asked : topic.partitions()) {
        Partition partition =
            Topics.partition(cluster.topics().find(topic.topic()), asked.partition());
        ErrorCode error =
            partition == null
                ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                : partition.check(exchange.broker(), asked.currentLeaderEpoch());
        if (partition == null || error != ErrorCode.NONE) {
          partitions.add(refused(asked.partition(), error));
        } else {
          EpochEnd end = partition.log().endOf(asked.leaderEpoch());
          partitions.add(
              new EpochEndOffset(
                  ErrorCode.NONE.code(), asked.partition(), end.epoch(), end.offset()));
        }
      }
      topics.add(new OffsetForLeaderTopicResult(topic.topic(), partitions));
    }
    exchange.answer(OffsetForLeaderEpochResponse.defaults().withTopics(topics));
  }

  private static EpochEndOffset refused(int partition, ErrorCode error) {
    return new EpochEndOffset(error.code(), partition, -1, -1);
  }

  @Override
  public OffsetForLeaderEpochResponse refuse(
      OffsetForLeaderEpochRequest request, ErrorCode error, short version) {
    return OffsetForLeaderEpochResponse.defaults()
        .withTopics(
            request.topics().stream()
                .map(
                    topic ->
                        new OffsetForLeaderTopicResult(
                            topic.topic(),
                            topic.partitions().stream()
                                .map(asked -> refused(asked.partition(), error))
                                .toList()))
                .toList());
  }

  @Override
  public OffsetForLeaderEpochResponse throttled(OffsetForLeaderEpochResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

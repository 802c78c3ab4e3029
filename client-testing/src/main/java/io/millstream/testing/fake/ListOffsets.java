package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.ListOffsetsRequest;
import io.millstream.protocol.ListOffsetsRequest.ListOffsetsPartition;
import io.millstream.protocol.ListOffsetsRequest.ListOffsetsTopic;
import io.millstream.protocol.ListOffsetsResponse;
import io.millstream.protocol.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.millstream.protocol.ListOffsetsResponse.ListOffsetsTopicResponse;
import io.millstream.testing.fake.PartitionLog.Found;
import java.util.ArrayList;
import java.util.List;

/** Finds offsets by timestamp, and the first and last ones. */
final class ListOffsets implements Handler<ListOffsetsRequest, ListOffsetsResponse> {

  private static final byte READ_COMMITTED = 1;
  private static final long LATEST = -1;
  private static final long EARLIEST = -2;
  private static final long MAX_TIMESTAMP = -3;
  private static final long EARLIEST_LOCAL = -4;
  private static final long LATEST_TIERED = -5;

  private final ClusterState cluster;

  ListOffsets(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(ListOffsetsRequest request, Exchange<ListOffsetsResponse> exchange) {
    List<ListOffsetsTopicResponse> topics = new ArrayList<>();
    for (ListOffsetsTopic topic : request.topics()) {
      List<ListOffsetsPartitionResponse> partitions = new ArrayList<>();
      for (ListOffsetsPartition asked : topic.partitions()) {
        Partition partition =
            Topics.partition(cluster.topics().find(topic.name()), asked.partitionIndex());
        ErrorCode error =
            partition == null
                ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                : partition.check(exchange.broker(), asked.currentLeaderEpoch());
        if (partition == null || error != ErrorCode.NONE) {
          partitions.add(refused(asked.partitionIndex(), error));
        } else {
          Found found =
              find(partition.log(), asked.timestamp(), request.isolationLevel() == READ_COMMITTED);
          partitions.add(
              ListOffsetsPartitionResponse.defaults()
                  .withPartitionIndex(asked.partitionIndex())
                  .withTimestamp(found.timestampMillis())
                  .withOffset(found.offset())
                  .withLeaderEpoch(found.leaderEpoch()));
        }
      }
      topics.add(new ListOffsetsTopicResponse(topic.name(), partitions));
    }
    exchange.answer(ListOffsetsResponse.defaults().withTopics(topics));
  }

  private static Found find(PartitionLog log, long timestamp, boolean committedOnly) {
    if (timestamp == LATEST) {
      return new Found(-1, committedOnly ? log.stableOffset() : log.endOffset(), log.latestEpoch());
    } else if (timestamp == EARLIEST || timestamp == EARLIEST_LOCAL) {
      return new Found(-1, log.startOffset(), log.earliestEpoch());
    } else if (timestamp == MAX_TIMESTAMP) {
      long highest = log.maxTimestampMillis();
      return highest < 0 ? Found.NOTHING : log.firstSince(highest);
    } else if (timestamp == LATEST_TIERED) {
      return Found.NOTHING;
    }
    return log.firstSince(timestamp);
  }

  private static ListOffsetsPartitionResponse refused(int partition, ErrorCode error) {
    return ListOffsetsPartitionResponse.defaults()
        .withPartitionIndex(partition)
        .withErrorCode(error.code());
  }

  @Override
  public ListOffsetsResponse refuse(ListOffsetsRequest request, ErrorCode error, short version) {
    return ListOffsetsResponse.defaults()
        .withTopics(
            request.topics().stream()
                .map(
                    topic ->
                        new ListOffsetsTopicResponse(
                            topic.name(),
                            topic.partitions().stream()
                                .map(asked -> refused(asked.partitionIndex(), error))
                                .toList()))
                .toList());
  }

  @Override
  public ListOffsetsResponse throttled(ListOffsetsResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

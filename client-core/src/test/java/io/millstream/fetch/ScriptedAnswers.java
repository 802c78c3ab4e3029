package io.millstream.fetch;

import io.millstream.common.Uuid;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.ApiVersionsResponse;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.ListOffsetsRequest;
import io.millstream.protocol.ListOffsetsResponse;
import io.millstream.protocol.MetadataRequest;
import io.millstream.protocol.MetadataResponse;
import io.millstream.protocol.MetadataResponse.MetadataResponsePartition;
import io.millstream.protocol.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the brokers of a {@link ScriptedCluster} tell of versions, topics and the ends of logs. */
final class ScriptedAnswers {

  private final Map<String, Topic> topics = new LinkedHashMap<>();
  private final int brokers;
  private final int firstPort;
  private short newestFetch = ApiKey.FETCH.newestVersion();

  /** A topic as the brokers tell of it. */
  static final class Topic {
    final Uuid id = Uuid.randomUuid();
    final int[] leaders;
    final int[] epochs;
    long earliest;
    long latest = 1_000;

    /** Of the first record that is late enough, whatever time is asked for. */
    long byTime = FetchReport.UNKNOWN;

    /** Runs after each answer about offsets. */
    Runnable afterOffsets = () -> {};

    ErrorCode offsetsError = ErrorCode.NONE;

    Topic(int... leaders) {
      this.leaders = leaders;
      this.epochs = new int[leaders.length];
    }

    long offset(long timestamp) {
      if (timestamp == OffsetLookup.EARLIEST) {
        return earliest;
      }
      return timestamp == OffsetLookup.LATEST ? latest : byTime;
    }
  }

  ScriptedAnswers(int brokers, int firstPort) {
    this.brokers = brokers;
    this.firstPort = firstPort;
  }

  Topic topic(String name, int... leaders) {
    Topic topic = new Topic(leaders);
    topics.put(name, topic);
    return topic;
  }

  void speaksFetch(int newest) {
    newestFetch = (short) newest;
  }

  ApiResponse to(ApiRequest<?> request) {
    return request instanceof MetadataRequest metadata
        ? metadata(metadata)
        : request instanceof ListOffsetsRequest offsets ? offsets(offsets) : versions();
  }

  private ApiVersionsResponse versions() {
    List<ApiVersionsResponse.ApiVersion> ranges = new ArrayList<>();
    for (ApiKey key : ApiKey.values()) {
      ranges.add(
          new ApiVersionsResponse.ApiVersion(
              key.id(),
              key.lowestVersion(),
              key == ApiKey.FETCH ? newestFetch : key.newestVersion()));
    }
    return ApiVersionsResponse.defaults().withApiKeys(ranges);
  }

  private MetadataResponse metadata(MetadataRequest request) {
    List<MetadataResponse.MetadataResponseBroker> all = new ArrayList<>();
    for (int id = 1; id <= brokers; id++) {
      all.add(new MetadataResponse.MetadataResponseBroker(id, "broker" + id, firstPort + id, null));
    }
    List<MetadataResponseTopic> told = new ArrayList<>();
    List<MetadataRequest.MetadataRequestTopic> asked = request.topics();
    for (MetadataRequest.MetadataRequestTopic one :
        asked == null ? List.<MetadataRequest.MetadataRequestTopic>of() : asked) {
      Topic topic = topics.get(one.name());
      MetadataResponseTopic answer = MetadataResponseTopic.defaults().withName(one.name());
      if (topic == null) {
        told.add(answer.withErrorCode((short) 3));
        continue;
      }
      List<MetadataResponsePartition> partitions = new ArrayList<>();
      for (int i = 0; i < topic.leaders.length; i++) {
        partitions.add(
            MetadataResponsePartition.defaults()
                .withPartitionIndex(i)
                .withLeaderId(topic.leaders[i])
                .withLeaderEpoch(topic.epochs[i])
                .withReplicaNodes(List.of(topic.leaders[i]))
                .withIsrNodes(List.of(topic.leaders[i])));
      }
      told.add(answer.withTopicId(topic.id).withPartitions(partitions));
    }
    return MetadataResponse.defaults()
        .withClusterId("scripted")
        .withControllerId(1)
        .withBrokers(all)
        .withTopics(told);
  }

  private ListOffsetsResponse offsets(ListOffsetsRequest request) {
    List<ListOffsetsResponse.ListOffsetsTopicResponse> answers = new ArrayList<>();
    for (ListOffsetsRequest.ListOffsetsTopic asked : request.topics()) {
      Topic topic = topics.get(asked.name());
      List<ListOffsetsResponse.ListOffsetsPartitionResponse> partitions = new ArrayList<>();
      for (ListOffsetsRequest.ListOffsetsPartition partition : asked.partitions()) {
        long offset = topic == null ? -1 : topic.offset(partition.timestamp());
        partitions.add(
            ListOffsetsResponse.ListOffsetsPartitionResponse.defaults()
                .withLeaderEpoch(topic == null ? -1 : topic.epochs[partition.partitionIndex()])
                .withPartitionIndex(partition.partitionIndex())
                .withErrorCode(topic == null ? 0 : topic.offsetsError.code())
                .withOffset(offset));
      }
      answers.add(new ListOffsetsResponse.ListOffsetsTopicResponse(asked.name(), partitions));
      if (topic != null) {
        topic.afterOffsets.run();
      }
    }
    return ListOffsetsResponse.defaults().withTopics(answers);
  }
}

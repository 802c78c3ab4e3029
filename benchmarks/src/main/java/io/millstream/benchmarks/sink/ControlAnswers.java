package io.millstream.benchmarks.sink;

import io.millstream.common.Uuid;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiMessage;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiVersionsRequest;
import io.millstream.protocol.ApiVersionsResponse;
import io.millstream.protocol.ApiVersionsResponse.ApiVersion;
import io.millstream.protocol.InitProducerIdRequest;
import io.millstream.protocol.InitProducerIdResponse;
import io.millstream.protocol.MetadataRequest;
import io.millstream.protocol.MetadataRequest.MetadataRequestTopic;
import io.millstream.protocol.MetadataResponse;
import io.millstream.protocol.MetadataResponse.MetadataResponseBroker;
import io.millstream.protocol.MetadataResponse.MetadataResponsePartition;
import io.millstream.protocol.MetadataResponse.MetadataResponseTopic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Answers what a producer asks before it sends. Every topic exists whose name ends in a hyphen and
 * a number, and has that many partitions.
 */
final class ControlAnswers {

  private static final String CLUSTER_ID = "sink";
  private static final int NODE_ID = 1;

  private final int port;
  private long lastProducerId;

  ControlAnswers(int port) {
    this.port = port;
  }

  ApiMessage answer(ApiRequest<?> request) {
    if (request instanceof ApiVersionsRequest) {
      return ApiVersionsResponse.defaults()
          .withApiKeys(
              List.of(
                  // One version alone, so that there is one form to walk.
                  new ApiVersion(ApiKey.PRODUCE.id(), ProduceWalk.VERSION, ProduceWalk.VERSION),
                  range(ApiKey.METADATA),
                  range(ApiKey.API_VERSIONS),
                  range(ApiKey.INIT_PRODUCER_ID)));
    }
    if (request instanceof InitProducerIdRequest) {
      lastProducerId++;
      return InitProducerIdResponse.defaults().withProducerId(lastProducerId);
    }
    if (request instanceof MetadataRequest metadata) {
      List<MetadataRequestTopic> asked = metadata.topics();
      return MetadataResponse.defaults()
          .withBrokers(List.of(new MetadataResponseBroker(NODE_ID, "127.0.0.1", port, null)))
          .withClusterId(CLUSTER_ID)
          .withControllerId(NODE_ID)
          .withTopics(
              asked == null ? List.of() : asked.stream().map(ControlAnswers::described).toList());
    }
    throw new IllegalArgumentException("a producer does not ask for " + request.apiKey());
  }

  private static ApiVersion range(ApiKey apiKey) {
    return new ApiVersion(apiKey.id(), apiKey.lowestVersion(), apiKey.newestVersion());
  }

  private static MetadataResponseTopic described(MetadataRequestTopic asked) {
    String name = asked.name();
    if (name == null) {
      throw new IllegalArgumentException("topics are known by name here");
    }
    int partitions = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    return MetadataResponseTopic.defaults()
        .withName(name)
        .withTopicId(idOf(name))
        .withPartitions(
            IntStream.range(0, partitions)
                .mapToObj(
                    index ->
                        MetadataResponsePartition.defaults()
                            .withPartitionIndex(index)
                            .withLeaderId(NODE_ID)
                            .withLeaderEpoch(0)
                            .withReplicaNodes(List.of(NODE_ID))
                            .withIsrNodes(List.of(NODE_ID)))
                .toList());
  }

  private static Uuid idOf(String name) {
    java.util.UUID id = java.util.UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }
}

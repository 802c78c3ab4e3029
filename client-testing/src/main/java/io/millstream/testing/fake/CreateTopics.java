package io.millstream.testing.fake;

import io.millstream.protocol.CreateTopicsRequest;
import io.millstream.protocol.CreateTopicsRequest.CreatableTopic;
import io.millstream.protocol.CreateTopicsRequest.CreatableTopicConfig;
import io.millstream.protocol.CreateTopicsResponse;
import io.millstream.protocol.CreateTopicsResponse.CreatableTopicResult;
import io.millstream.protocol.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Creates topics. */
final class CreateTopics implements Handler<CreateTopicsRequest, CreateTopicsResponse> {

  private static final int BROKERS_CHOICE = -1;

  private final ClusterState cluster;

  CreateTopics(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(CreateTopicsRequest request, Exchange<CreateTopicsResponse> exchange) {
    exchange.answer(
        CreateTopicsResponse.defaults()
            .withTopics(
                request.topics().stream()
                    .map(
                        topic ->
                            isTwice(topic, request)
                                ? refused(topic.name(), ErrorCode.INVALID_REQUEST)
                                : create(topic, request.validateOnly()))
                    .distinct()
                    .toList()));
  }

  private static boolean isTwice(CreatableTopic topic, CreateTopicsRequest request) {
    return request.topics().stream().filter(other -> other.name().equals(topic.name())).count() > 1;
  }

  private CreatableTopicResult create(CreatableTopic asked, boolean validateOnly) {
    int partitions = asked.numPartitions() == BROKERS_CHOICE ? 1 : asked.numPartitions();
    int replicationFactor =
        asked.replicationFactor() == BROKERS_CHOICE ? 1 : asked.replicationFactor();
    if (!Topics.isLegal(asked.name())) {
      return refused(asked.name(), ErrorCode.INVALID_TOPIC_EXCEPTION);
    }
    if (cluster.topics().find(asked.name()) != null) {
      return refused(asked.name(), ErrorCode.TOPIC_ALREADY_EXISTS);
    }
    if (partitions <= 0) {
      return refused(asked.name(), ErrorCode.INVALID_PARTITIONS);
    }
    if (replicationFactor <= 0 || replicationFactor > cluster.runningBrokers().size()) {
      return refused(asked.name(), ErrorCode.INVALID_REPLICATION_FACTOR);
    }
    CreatableTopicResult created =
        CreatableTopicResult.defaults()
            .withName(asked.name())
            .withNumPartitions(partitions)
            .withReplicationFactor((short) replicationFactor);
    return validateOnly
        ? created
        : created.withTopicId(
            cluster
                .topics()
                .create(asked.name(), partitions, replicationFactor, settings(asked))
                .id());
  }

  private static Topic.Settings settings(CreatableTopic asked) {
    Map<String, String> configuration = new HashMap<>();
    for (CreatableTopicConfig config : asked.configs()) {
      String value = config.value();
      if (value != null) {
        configuration.put(config.name(), value);
      }
    }
    return Topic.Settings.of(configuration);
  }

  private static CreatableTopicResult refused(String name, ErrorCode error) {
    return CreatableTopicResult.defaults().withName(name).withErrorCode(error.code());
  }

  @Override
  public CreateTopicsResponse refuse(CreateTopicsRequest request, ErrorCode error, short version) {
    List<CreatableTopicResult> topics =
        request.topics().stream().map(topic -> refused(topic.name(), error)).toList();
    return CreateTopicsResponse.defaults().withTopics(topics);
  }

  @Override
  public CreateTopicsResponse throttled(CreateTopicsResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

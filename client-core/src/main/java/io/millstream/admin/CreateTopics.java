package io.millstream.admin;

import io.millstream.clients.admin.Config;
import io.millstream.clients.admin.ConfigEntry;
import io.millstream.clients.admin.ConfigEntry.ConfigSource;
import io.millstream.clients.admin.ConfigEntry.ConfigType;
import io.millstream.clients.admin.CreateTopicsResult.TopicMetadataAndConfig;
import io.millstream.clients.admin.NewTopic;
import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.CreateTopicsRequest;
import io.millstream.protocol.CreateTopicsRequest.CreatableReplicaAssignment;
import io.millstream.protocol.CreateTopicsRequest.CreatableTopic;
import io.millstream.protocol.CreateTopicsRequest.CreatableTopicConfig;
import io.millstream.protocol.CreateTopicsResponse;
import io.millstream.protocol.CreateTopicsResponse.CreatableTopicConfigs;
import io.millstream.protocol.CreateTopicsResponse.CreatableTopicResult;
import io.millstream.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Creates topics (KIP-4; defaults of the broker by KIP-464, details in the answer by KIP-525). */
final class CreateTopics
    implements TopicOperation<String, TopicMetadataAndConfig, CreateTopicsResponse> {

  private static final int FIRST_VERSION_WITH_DEFAULTS = 4;

  // As DescribeConfigs numbers them (KIP-226, KIP-412, KIP-714, KIP-848).
  private static final Map<Byte, ConfigSource> SOURCES =
      Map.of(
          (byte) 1, ConfigSource.DYNAMIC_TOPIC_CONFIG,
          (byte) 2, ConfigSource.DYNAMIC_BROKER_CONFIG,
          (byte) 3, ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG,
          (byte) 4, ConfigSource.STATIC_BROKER_CONFIG,
          (byte) 5, ConfigSource.DEFAULT_CONFIG,
          (byte) 6, ConfigSource.DYNAMIC_BROKER_LOGGER_CONFIG,
          (byte) 7, ConfigSource.DYNAMIC_CLIENT_METRICS_CONFIG,
          (byte) 8, ConfigSource.DYNAMIC_GROUP_CONFIG);

  private final Map<String, NewTopic> topics;
  private final boolean validateOnly;
  private final boolean waitsForQuota;

  /**
   * Creates the operation.
   *
   * @param topics by name
   * @param validateOnly whether nothing is created
   * @param waitsForQuota whether a topic is asked for again when a quota forbids it now
   */
  CreateTopics(Map<String, NewTopic> topics, boolean validateOnly, boolean waitsForQuota) {
    this.topics = new LinkedHashMap<>(topics);
    this.validateOnly = validateOnly;
    this.waitsForQuota = waitsForQuota;
  }

  @Override
  public ApiKey apiKey() {
    return ApiKey.CREATE_TOPICS;
  }

  @Override
  public String done() {
    return validateOnly ? "accepted" : "created";
  }

  @Override
  public ApiRequest<CreateTopicsResponse> request(
      List<String> names, int timeoutMillis, short version) {
    List<CreatableTopic> creatable = new ArrayList<>();
    for (String name : names) {
      creatable.add(creatable(Objects.requireNonNull(topics.get(name)), version));
    }
    return CreateTopicsRequest.defaults()
        .withTopics(creatable)
        .withTimeoutMs(timeoutMillis)
        .withValidateOnly(validateOnly);
  }

  private static CreatableTopic creatable(NewTopic topic, short version) {
    Map<Integer, List<Integer>> replicas = topic.replicasAssignments();
    boolean leftToTheBroker = topic.numPartitions() == -1 || topic.replicationFactor() == -1;
    if (replicas == null && leftToTheBroker && version < FIRST_VERSION_WITH_DEFAULTS) {
      throw new UnsupportedVersionException(
          "Topic %s: this broker is older than 2.4 and has no default for the number of partitions or replicas; give both in NewTopic"
              .formatted(topic.name()));
    }
    List<CreatableReplicaAssignment> assignments = new ArrayList<>();
    if (replicas != null) {
      replicas.forEach(
          (partition, brokers) ->
              assignments.add(new CreatableReplicaAssignment(partition, brokers)));
    }
    List<CreatableTopicConfig> configs = new ArrayList<>();
    Map<String, String> given = topic.configs();
    if (given != null) {
      given.forEach((key, value) -> configs.add(new CreatableTopicConfig(key, value)));
    }
    return CreatableTopic.defaults()
        .withName(topic.name())
        .withNumPartitions(topic.numPartitions())
        .withReplicationFactor(topic.replicationFactor())
        .withAssignments(assignments)
        .withConfigs(configs);
  }

  @Override
  public List<TopicAnswer<String, TopicMetadataAndConfig>> answers(CreateTopicsResponse response) {
    return response.topics().stream()
        .map(
            topic ->
                new TopicAnswer<>(
                    topic.name(),
                    ErrorCode.of(topic.errorCode()),
                    topic.errorMessage(),
                    details(topic)))
        .toList();
  }

  private static TopicMetadataAndConfig details(CreatableTopicResult topic) {
    ErrorCode configError = ErrorCode.of(topic.topicConfigErrorCode());
    if (configError != ErrorCode.NONE) {
      return new TopicMetadataAndConfig(
          configError.exception(
              "topic %s was created, but its details may not be seen".formatted(topic.name())));
    }
    List<CreatableTopicConfigs> configs = topic.configs();
    if (topic.numPartitions() < 0 || configs == null) {
      return new TopicMetadataAndConfig(
          new UnsupportedVersionException(
              "Topic %s: brokers tell the details of a created topic from 2.4 on"
                  .formatted(topic.name())));
    }
    return new TopicMetadataAndConfig(
        topic.topicId(),
        topic.numPartitions(),
        topic.replicationFactor(),
        new Config(configs.stream().map(CreateTopics::entry).toList()));
  }

  private static ConfigEntry entry(CreatableTopicConfigs config) {
    @Nullable ConfigSource source = SOURCES.get(config.configSource());
    return new ConfigEntry(
        config.name(),
        config.value(),
        source == null ? ConfigSource.UNKNOWN : source,
        config.isSensitive(),
        config.readOnly(),
        List.of(),
        ConfigType.UNKNOWN,
        null);
  }

  @Override
  public boolean again(ErrorCode error) {
    return switch (error) {
      case THROTTLING_QUOTA_EXCEEDED -> waitsForQuota;
      // The controller had as long as this client waits.
      case REQUEST_TIMED_OUT -> false;
      default -> error.retriable();
    };
  }

  @Override
  public String advice(ErrorCode error) {
    return switch (error) {
      case TOPIC_ALREADY_EXISTS -> "choose another name, or use the topic that is there";
      case INVALID_REPLICATION_FACTOR -> "ask for no more replicas than there are brokers";
      case INVALID_PARTITIONS -> "ask for one partition or more";
      case INVALID_TOPIC_EXCEPTION ->
          "use 1 to 249 letters, digits, dots, underscores and hyphens, and not . or .. alone";
      case INVALID_REPLICA_ASSIGNMENT ->
          "name for each partition, numbered from 0, brokers that are there, each of them once";
      case INVALID_CONFIG -> "check keys and values given to NewTopic.configs";
      case POLICY_VIOLATION -> "keep to the rules of the cluster's create.topic.policy.class.name";
      case TOPIC_AUTHORIZATION_FAILED, CLUSTER_AUTHORIZATION_FAILED ->
          "have this client allowed to CREATE the topic or in the cluster";
      case THROTTLING_QUOTA_EXCEEDED ->
          "try again later, or have the quota controller_mutation_rate raised";
      case REQUEST_TIMED_OUT ->
          "see whether the topic is there before trying again; it may still come into being";
      default -> "";
    };
  }
}

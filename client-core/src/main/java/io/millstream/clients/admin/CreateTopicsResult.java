package io.millstream.clients.admin;

import io.millstream.common.KafkaFuture;
import io.millstream.common.Uuid;
import io.millstream.common.errors.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of the topics to create, one future for each. */
public class CreateTopicsResult {

  private final Map<String, KafkaFuture<TopicMetadataAndConfig>> futures;

  /**
   * Creates a result.
   *
   * @param futures the futures by the topics' names
   */
  protected CreateTopicsResult(Map<String, KafkaFuture<TopicMetadataAndConfig>> futures) {
    this.futures = futures;
  }

  /**
   * Gives the futures by name.
   *
   * @return for each topic a future that completes when it is created
   */
  public Map<String, KafkaFuture<@Nullable Void>> values() {
    Map<String, KafkaFuture<@Nullable Void>> values = new LinkedHashMap<>();
    futures.forEach((name, future) -> values.put(name, KafkaFuture.allOf(future)));
    return values;
  }

  /**
   * Gives a future that completes when every topic is created.
   *
   * @return a future of null; it fails with the error of one topic if any failed
   */
  public KafkaFuture<@Nullable Void> all() {
    return KafkaFuture.allOf(futures.values().toArray(new KafkaFuture<?>[0]));
  }

  /**
   * Gives the configuration of a created topic.
   *
   * @param topic its name
   * @return a future that fails with {@link
   *     io.millstream.common.errors.UnsupportedVersionException} if the broker is older than 2.4,
   *     or with {@link io.millstream.common.errors.TopicAuthorizationException} if it may not be
   *     seen
   * @throws IllegalArgumentException if the topic is not among those to create
   */
  public KafkaFuture<Config> config(String topic) {
    return future(topic).thenApply(TopicMetadataAndConfig::config);
  }

  /**
   * Gives the id of a created topic.
   *
   * @param topic its name
   * @return a future that fails as that of {@link #config} does; brokers before 2.8 give zero
   * @throws IllegalArgumentException if the topic is not among those to create
   */
  public KafkaFuture<Uuid> topicId(String topic) {
    return future(topic).thenApply(TopicMetadataAndConfig::topicId);
  }

  /**
   * Gives the number of partitions of a created topic.
   *
   * @param topic its name
   * @return a future that fails as that of {@link #config} does
   * @throws IllegalArgumentException if the topic is not among those to create
   */
  public KafkaFuture<Integer> numPartitions(String topic) {
    return future(topic).thenApply(TopicMetadataAndConfig::numPartitions);
  }

  /**
   * Gives the number of replicas of each partition of a created topic.
   *
   * @param topic its name
   * @return a future that fails as that of {@link #config} does
   * @throws IllegalArgumentException if the topic is not among those to create
   */
  public KafkaFuture<Integer> replicationFactor(String topic) {
    return future(topic).thenApply(TopicMetadataAndConfig::replicationFactor);
  }

  private KafkaFuture<TopicMetadataAndConfig> future(String topic) {
    KafkaFuture<TopicMetadataAndConfig> future = futures.get(topic);
    if (future == null) {
      throw new IllegalArgumentException(
          "topic %s is not among those to create: %s".formatted(topic, futures.keySet()));
    }
    return future;
  }

  /** What the broker told about a created topic, or why it told nothing. */
  public static class TopicMetadataAndConfig {

    private final Uuid topicId;
    private final int numPartitions;
    private final int replicationFactor;
    private final Config config;
    private final @Nullable ApiException exception;

    /**
     * Creates what the broker told.
     *
     * @param topicId the topic's id
     * @param numPartitions how many partitions it has
     * @param replicationFactor how many replicas each has
     * @param config its configuration
     */
    public TopicMetadataAndConfig(
        Uuid topicId, int numPartitions, int replicationFactor, Config config) {
      this.topicId = topicId;
      this.numPartitions = numPartitions;
      this.replicationFactor = replicationFactor;
      this.config = config;
      this.exception = null;
    }

    /**
     * Creates the reason why nothing was told.
     *
     * @param exception what every method throws
     */
    public TopicMetadataAndConfig(ApiException exception) {
      this.topicId = Uuid.ZERO_UUID;
      this.numPartitions = -1;
      this.replicationFactor = -1;
      this.config = new Config(List.of());
      this.exception = exception;
    }

    /**
     * Gives the topic's id.
     *
     * @return the id
     * @throws ApiException if the broker told nothing
     */
    public Uuid topicId() {
      ensureTold();
      return topicId;
    }

    /**
     * Gives the number of partitions.
     *
     * @return the number
     * @throws ApiException if the broker told nothing
     */
    public int numPartitions() {
      ensureTold();
      return numPartitions;
    }

    /**
     * Gives the number of replicas of each partition.
     *
     * @return the number
     * @throws ApiException if the broker told nothing
     */
    public int replicationFactor() {
      ensureTold();
      return replicationFactor;
    }

    /**
     * Gives the configuration.
     *
     * @return the configuration
     * @throws ApiException if the broker told nothing
     */
    public Config config() {
      ensureTold();
      return config;
    }

    private void ensureTold() {
      if (exception != null) {
        throw exception;
      }
    }
  }
}

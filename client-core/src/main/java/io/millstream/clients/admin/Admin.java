package io.millstream.clients.admin;

import io.millstream.common.TopicCollection;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;

/**
 * Changes a cluster and asks about it. Any thread may call any method; none but {@link #close}
 * waits, and what was asked for is there when the returned futures complete. Brokers 2.1 and newer
 * can do all of this where nothing else is said.
 */
public interface Admin extends AutoCloseable {

  /**
   * Creates an admin client.
   *
   * @param props settings, see {@link AdminClientConfig}
   * @return a client that runs
   * @throws io.millstream.common.config.ConfigException if a setting is missing or wrong
   */
  static Admin create(Properties props) {
    return KafkaAdminClient.start(props);
  }

  /**
   * Creates an admin client.
   *
   * @param conf settings, see {@link AdminClientConfig}
   * @return a client that runs
   * @throws io.millstream.common.config.ConfigException if a setting is missing or wrong
   */
  static Admin create(Map<String, Object> conf) {
    return KafkaAdminClient.start(conf);
  }

  /** Waits until all that was asked for is done, and closes the client. */
  @Override
  default void close() {
    close(Duration.ofMillis(Long.MAX_VALUE));
  }

  /**
   * Takes no more calls, waits until all that was asked for is done, and closes the client. An
   * interrupt ends the wait; the interrupted status stays set. Called from a step of one of the
   * client's futures it does not wait.
   *
   * @param timeout how long to wait; zero for not at all. What is not done then fails with {@link
   *     io.millstream.common.errors.TimeoutException}.
   * @throws IllegalArgumentException if the time is negative
   */
  void close(Duration timeout);

  /**
   * Creates topics with the default options.
   *
   * @param newTopics what to create
   * @return a future for each
   */
  default CreateTopicsResult createTopics(Collection<NewTopic> newTopics) {
    return createTopics(newTopics, new CreateTopicsOptions());
  }

  /**
   * Creates topics. One may fail while others are created. When a topic is created it may take a
   * moment until all brokers know of it.
   *
   * @param newTopics what to create; a number of partitions or replicas left to the broker needs
   *     brokers 2.4 or newer
   * @param options time-out, and whether the topics are only checked
   * @return a future for each; it fails among others with {@link
   *     io.millstream.common.errors.TopicExistsException}, {@link
   *     io.millstream.common.errors.InvalidTopicException}, {@link
   *     io.millstream.common.errors.InvalidReplicationFactorException}, {@link
   *     io.millstream.common.errors.InvalidPartitionsException}, {@link
   *     io.millstream.common.errors.InvalidConfigurationException}, {@link
   *     io.millstream.common.errors.PolicyViolationException}, {@link
   *     io.millstream.common.errors.TopicAuthorizationException} or {@link
   *     io.millstream.common.errors.TimeoutException}
   */
  CreateTopicsResult createTopics(Collection<NewTopic> newTopics, CreateTopicsOptions options);

  /**
   * Deletes topics by name with the default options.
   *
   * @param topics their names
   * @return a future for each
   */
  default DeleteTopicsResult deleteTopics(Collection<String> topics) {
    return deleteTopics(TopicCollection.ofTopicNames(topics), new DeleteTopicsOptions());
  }

  /**
   * Deletes topics by name.
   *
   * @param topics their names
   * @param options time-out
   * @return a future for each
   */
  default DeleteTopicsResult deleteTopics(Collection<String> topics, DeleteTopicsOptions options) {
    return deleteTopics(TopicCollection.ofTopicNames(topics), options);
  }

  /**
   * Deletes topics by name or id with the default options.
   *
   * @param topics their names, or their ids
   * @return a future for each
   */
  default DeleteTopicsResult deleteTopics(TopicCollection topics) {
    return deleteTopics(topics, new DeleteTopicsOptions());
  }

  /**
   * Deletes topics with all their records. One may fail while others are deleted. It may take a
   * moment until all brokers have forgotten a deleted topic.
   *
   * @param topics their names, or their ids, which needs brokers 2.8 or newer
   * @param options time-out
   * @return a future for each; it fails among others with {@link
   *     io.millstream.common.errors.UnknownTopicOrPartitionException}, {@link
   *     io.millstream.common.errors.UnknownTopicIdException}, {@link
   *     io.millstream.common.errors.TopicDeletionDisabledException}, {@link
   *     io.millstream.common.errors.TopicAuthorizationException} or {@link
   *     io.millstream.common.errors.TimeoutException}
   */
  DeleteTopicsResult deleteTopics(TopicCollection topics, DeleteTopicsOptions options);
}

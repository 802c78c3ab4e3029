package io.millstream.cluster;

import io.millstream.common.Uuid;
import io.millstream.common.errors.ApiException;
import io.millstream.common.errors.InvalidTopicException;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.network.BrokerAddress;
import io.millstream.protocol.ErrorCode;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the client knew of the cluster at one moment. Immutable; any thread may read it. */
public final class ClusterView {

  /** Nothing is known. */
  static final ClusterView EMPTY =
      new ClusterView(new Identity(0, null, -1), List.of(), List.of(), List.of(), Map.of());

  private final Identity identity;
  private final Map<Integer, BrokerAddress> brokers = new LinkedHashMap<>();
  private final Map<String, TopicView> topics = new LinkedHashMap<>();
  private final Map<Uuid, TopicView> topicsById = new HashMap<>();
  private final Map<String, TopicView> departed = new LinkedHashMap<>();
  private final Map<String, ErrorCode> errors;

  /** Which view this is, of which cluster. */
  record Identity(long version, @Nullable String clusterId, int controllerId) {}

  ClusterView(
      Identity identity,
      Collection<BrokerAddress> brokers,
      Collection<TopicView> topics,
      Collection<TopicView> departed,
      Map<String, ErrorCode> errors) {
    this.identity = identity;
    this.errors = new LinkedHashMap<>(errors);
    for (BrokerAddress broker : brokers) {
      this.brokers.put(broker.id(), broker);
    }
    for (TopicView topic : topics) {
      this.topics.put(topic.name(), topic);
      if (topic.hasId()) {
        topicsById.put(topic.topicId(), topic);
      }
    }
    departed.forEach(topic -> this.departed.put(topic.name(), topic));
  }

  /** Returns a number that is larger for each later view of the same client; 0 before the first. */
  public long version() {
    return identity.version();
  }

  /** Returns the id of the cluster, null while unknown. */
  public @Nullable String clusterId() {
    return identity.clusterId();
  }

  /** Returns all brokers that are alive, in the order in which they were told. */
  public Collection<BrokerAddress> brokers() {
    return Collections.unmodifiableCollection(brokers.values());
  }

  /** Returns a broker, null if none of this node id is known. */
  public @Nullable BrokerAddress broker(int nodeId) {
    return brokers.get(nodeId);
  }

  /** Returns the controller, or the broker that stands in for it; null while unknown. */
  public @Nullable BrokerAddress controller() {
    return brokers.get(identity.controllerId());
  }

  /** Returns all known topics that are wanted, in the order in which they became known. */
  public Collection<TopicView> topics() {
    return Collections.unmodifiableCollection(topics.values());
  }

  /** Returns a topic, null if it is not wanted, not known yet, or does not exist. */
  public @Nullable TopicView topic(String name) {
    return topics.get(name);
  }

  /** Returns a topic, null if none of this id is known. */
  public @Nullable TopicView topic(Uuid topicId) {
    return topicsById.get(topicId);
  }

  /** Returns a partition, null if topic or partition are not known. */
  public @Nullable PartitionView partition(String topic, int partition) {
    TopicView view = topics.get(topic);
    return view == null ? null : view.partition(partition);
  }

  /** Returns the leader of a partition, null if there is none or it is not known. */
  public @Nullable BrokerAddress leader(String topic, int partition) {
    PartitionView view = partition(topic, partition);
    return view == null ? null : brokers.get(view.leaderId());
  }

  /** Returns what the cluster last said about a topic, {@link ErrorCode#NONE} if it is fine. */
  public ErrorCode error(String topic) {
    return errors.getOrDefault(topic, ErrorCode.NONE);
  }

  /** Says whether the cluster has told all that is to be known of a topic for now. */
  boolean isSettled(String topic) {
    TopicView known = topics.get(topic);
    ErrorCode error = error(topic);
    // Nothing at all was said of it where there is no error either.
    return known == null
        ? error != ErrorCode.NONE && !error.retriable()
        : !known.partitions().isEmpty();
  }

  /** Returns why a topic cannot be had, to end a sentence; null if the cluster said nothing. */
  @Nullable String obstacle(String topic) {
    ErrorCode error = error(topic);
    if (error == ErrorCode.NONE) {
      return null;
    }
    String advice =
        error == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
            ? "; create the topic, or check its name (the brokers do not create topics on their own"
                + " unless auto.create.topics.enable is set)"
            : "";
    return "the cluster answers " + error + advice;
  }

  /**
   * Returns what to tell a user of a topic that cannot be had, as the cluster last said.
   *
   * @param topic a topic with an error
   */
  public ApiException refusal(String topic) {
    return refusal(topic, error(topic));
  }

  /**
   * Returns what to tell a user of a topic that cannot be had.
   *
   * @param topic a topic
   * @param error what a broker said about it
   */
  public static ApiException refusal(String topic, ErrorCode error) {
    String text = "topic %s cannot be used: %s; ".formatted(topic, error);
    return switch (error) {
      case INVALID_TOPIC_EXCEPTION ->
          new InvalidTopicException(
              text
                  + "use 1 to 249 letters, digits, dots, underscores and hyphens, and not . or .."
                  + " alone",
              Set.of(topic));
      case TOPIC_AUTHORIZATION_FAILED ->
          new TopicAuthorizationException(
              text + "have the client's user allowed to describe the topic, or check its name",
              Set.of(topic));
      default -> error.exception("topic " + topic + " cannot be used; see the logs of the brokers");
    };
  }

  /** Says whether another view has the same brokers, partitions, leaders and errors. */
  boolean tellsTheSameAs(ClusterView other) {
    return brokers.equals(other.brokers)
        && topics.equals(other.topics)
        && errors.equals(other.errors)
        && identity.controllerId() == other.identity.controllerId();
  }

  /** Returns what was known of topics of which the cluster said last that they cannot be had. */
  Collection<TopicView> departed() {
    return Collections.unmodifiableCollection(departed.values());
  }

  Map<String, ErrorCode> errors() {
    return errors;
  }

  Identity identity() {
    return identity;
  }
}

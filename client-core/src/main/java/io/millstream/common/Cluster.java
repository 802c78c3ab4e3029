package io.millstream.common;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client knows of a cluster: its brokers, topics and partitions. Immutable. */
public final class Cluster {

  private final @Nullable String clusterId;
  private final boolean isBootstrapConfigured;
  private final List<Node> nodes;
  private final Set<String> unauthorizedTopics;
  private final Set<String> invalidTopics;
  private final Set<String> internalTopics;
  private final @Nullable Node controller;
  private final Map<TopicPartition, PartitionInfo> partitions;
  private final Map<String, List<PartitionInfo>> partitionsByTopic;
  private final Map<String, List<PartitionInfo>> availableByTopic;
  private final Map<Integer, List<PartitionInfo>> partitionsByNode;
  private final Map<Integer, Node> nodesById;
  private final Map<String, Uuid> topicIds;
  private final Map<Uuid, String> topicNames;

  /**
   * Describes a cluster whose controller is not known.
   *
   * @param clusterId its id; null where it is not known
   * @param nodes its brokers
   * @param partitions its partitions
   * @param unauthorizedTopics the topics that may not be described
   * @param internalTopics the topics that Kafka keeps for itself
   */
  public Cluster(
      @Nullable String clusterId,
      Collection<Node> nodes,
      Collection<PartitionInfo> partitions,
      Set<String> unauthorizedTopics,
      Set<String> internalTopics) {
    this(clusterId, nodes, partitions, unauthorizedTopics, internalTopics, null);
  }

  /**
   * Describes a cluster.
   *
   * @param clusterId its id; null where it is not known
   * @param nodes its brokers
   * @param partitions its partitions
   * @param unauthorizedTopics the topics that may not be described
   * @param internalTopics the topics that Kafka keeps for itself
   * @param controller its controller; null where it is not known
   */
  public Cluster(
      @Nullable String clusterId,
      Collection<Node> nodes,
      Collection<PartitionInfo> partitions,
      Set<String> unauthorizedTopics,
      Set<String> internalTopics,
      @Nullable Node controller) {
    this(clusterId, nodes, partitions, unauthorizedTopics, Set.of(), internalTopics, controller);
  }

  /**
   * Describes a cluster.
   *
   * @param clusterId its id; null where it is not known
   * @param nodes its brokers
   * @param partitions its partitions
   * @param unauthorizedTopics the topics that may not be described
   * @param invalidTopics the topics whose names are not allowed
   * @param internalTopics the topics that Kafka keeps for itself
   * @param controller its controller; null where it is not known
   */
  public Cluster(
      @Nullable String clusterId,
      Collection<Node> nodes,
      Collection<PartitionInfo> partitions,
      Set<String> unauthorizedTopics,
      Set<String> invalidTopics,
      Set<String> internalTopics,
      @Nullable Node controller) {
    this(
        clusterId,
        nodes,
        partitions,
        unauthorizedTopics,
        invalidTopics,
        internalTopics,
        controller,
        Map.of());
  }

  /**
   * Describes a cluster.
   *
   * @param clusterId its id; null where it is not known
   * @param nodes its brokers
   * @param partitions its partitions
   * @param unauthorizedTopics the topics that may not be described
   * @param invalidTopics the topics whose names are not allowed
   * @param internalTopics the topics that Kafka keeps for itself
   * @param controller its controller; null where it is not known
   * @param topicIds the ids of its topics by name
   */
  public Cluster(
      @Nullable String clusterId,
      Collection<Node> nodes,
      Collection<PartitionInfo> partitions,
      Set<String> unauthorizedTopics,
      Set<String> invalidTopics,
      Set<String> internalTopics,
      @Nullable Node controller,
      Map<String, Uuid> topicIds) {
    this(
        false,
        new Content(
            clusterId,
            nodes,
            partitions,
            unauthorizedTopics,
            invalidTopics,
            internalTopics,
            controller,
            topicIds));
  }

  private Cluster(boolean isBootstrapConfigured, Content content) {
    this.isBootstrapConfigured = isBootstrapConfigured;
    this.clusterId = content.clusterId;
    this.nodes = List.copyOf(content.nodes);
    this.unauthorizedTopics = Collections.unmodifiableSet(content.unauthorizedTopics);
    this.invalidTopics = Collections.unmodifiableSet(content.invalidTopics);
    this.internalTopics = Collections.unmodifiableSet(content.internalTopics);
    this.controller = content.controller;
    this.topicIds = Collections.unmodifiableMap(content.topicIds);
    this.topicNames = new HashMap<>();
    topicIds.forEach((name, id) -> topicNames.put(id, name));
    this.nodesById = new HashMap<>();
    this.partitionsByNode = new HashMap<>();
    for (Node node : nodes) {
      nodesById.put(node.id(), node);
      partitionsByNode.put(node.id(), new ArrayList<>());
    }
    this.partitions = new HashMap<>();
    this.partitionsByTopic = new LinkedHashMap<>();
    this.availableByTopic = new HashMap<>();
    for (PartitionInfo info : content.partitions) {
      partitions.put(new TopicPartition(info.topic(), info.partition()), info);
      partitionsByTopic.computeIfAbsent(info.topic(), topic -> new ArrayList<>()).add(info);
      Node leader = info.leader();
      if (leader != null && !leader.isEmpty()) {
        availableByTopic.computeIfAbsent(info.topic(), topic -> new ArrayList<>()).add(info);
        partitionsByNode.computeIfAbsent(leader.id(), id -> new ArrayList<>()).add(info);
      }
    }
    partitionsByTopic.replaceAll((topic, infos) -> List.copyOf(infos));
    availableByTopic.replaceAll((topic, infos) -> List.copyOf(infos));
    partitionsByNode.replaceAll((node, infos) -> List.copyOf(infos));
  }

  /** Returns a cluster of which nothing is known. */
  public static Cluster empty() {
    return new Cluster(null, List.of(), List.of(), Set.of(), Set.of());
  }

  /**
   * Returns a cluster of which only the addresses to begin with are known. Its nodes have negative
   * ids.
   *
   * @param addresses where to begin
   * @return the cluster
   */
  public static Cluster bootstrap(List<InetSocketAddress> addresses) {
    List<Node> nodes = new ArrayList<>();
    for (InetSocketAddress address : addresses) {
      nodes.add(new Node(-1 - nodes.size(), address.getHostString(), address.getPort()));
    }
    return new Cluster(
        true, new Content(null, nodes, List.of(), Set.of(), Set.of(), Set.of(), null, Map.of()));
  }

  /**
   * Returns a copy in which partitions were added or replaced.
   *
   * @param partitions what to add or replace
   * @return the copy
   */
  public Cluster withPartitions(Map<TopicPartition, PartitionInfo> partitions) {
    Map<TopicPartition, PartitionInfo> combined = new LinkedHashMap<>(this.partitions);
    combined.putAll(partitions);
    return new Cluster(
        clusterId,
        nodes,
        combined.values(),
        unauthorizedTopics,
        invalidTopics,
        internalTopics,
        controller,
        topicIds);
  }

  /** Returns the known brokers. */
  public List<Node> nodes() {
    return nodes;
  }

  /**
   * Finds a broker.
   *
   * @param id its id
   * @return the broker, or null where it is not known
   */
  public @Nullable Node nodeById(int id) {
    return nodesById.get(id);
  }

  /**
   * Finds a broker, if its replica of a partition is online.
   *
   * @param partition the partition
   * @param id the id of the broker
   * @return the broker; empty where it is not known or holds no replica that is online
   */
  public Optional<Node> nodeIfOnline(TopicPartition partition, int id) {
    Node node = nodeById(id);
    PartitionInfo info = partition(partition);
    boolean online =
        node != null
            && info != null
            && List.of(info.replicas()).contains(node)
            && !List.of(info.offlineReplicas()).contains(node);
    return online ? Optional.ofNullable(node) : Optional.empty();
  }

  /**
   * Finds the leader of a partition.
   *
   * @param topicPartition the partition
   * @return the leader, or null where there is none or it is not known
   */
  public @Nullable Node leaderFor(TopicPartition topicPartition) {
    PartitionInfo info = partitions.get(topicPartition);
    return info == null ? null : info.leader();
  }

  /**
   * Finds a partition.
   *
   * @param topicPartition its name
   * @return what is known of it, or null for nothing
   */
  public @Nullable PartitionInfo partition(TopicPartition topicPartition) {
    return partitions.get(topicPartition);
  }

  /**
   * Finds the partitions of a topic.
   *
   * @param topic its name
   * @return the partitions; empty where the topic is not known
   */
  public List<PartitionInfo> partitionsForTopic(String topic) {
    return partitionsByTopic.getOrDefault(topic, List.of());
  }

  /**
   * Counts the partitions of a topic.
   *
   * @param topic its name
   * @return how many, or null where the topic is not known
   */
  public @Nullable Integer partitionCountForTopic(String topic) {
    List<PartitionInfo> infos = partitionsByTopic.get(topic);
    return infos == null ? null : infos.size();
  }

  /**
   * Finds the partitions of a topic that have a leader.
   *
   * @param topic its name
   * @return the partitions; empty where the topic is not known
   */
  public List<PartitionInfo> availablePartitionsForTopic(String topic) {
    return availableByTopic.getOrDefault(topic, List.of());
  }

  /**
   * Finds the partitions that a broker leads.
   *
   * @param nodeId the id of the broker
   * @return the partitions; empty where the broker is not known
   */
  public List<PartitionInfo> partitionsForNode(int nodeId) {
    return partitionsByNode.getOrDefault(nodeId, List.of());
  }

  /** Returns the names of the known topics. */
  public Set<String> topics() {
    return Collections.unmodifiableSet(partitionsByTopic.keySet());
  }

  /** Returns the names of the topics that may not be described. */
  public Set<String> unauthorizedTopics() {
    return unauthorizedTopics;
  }

  /** Returns the names of topics that are not allowed. */
  public Set<String> invalidTopics() {
    return invalidTopics;
  }

  /** Returns the names of the topics that Kafka keeps for itself. */
  public Set<String> internalTopics() {
    return internalTopics;
  }

  /** Says whether only the addresses to begin with are known. */
  public boolean isBootstrapConfigured() {
    return isBootstrapConfigured;
  }

  /** Returns what identifies the cluster. */
  public ClusterResource clusterResource() {
    return new ClusterResource(clusterId);
  }

  /** Returns the controller, or null where it is not known. */
  public @Nullable Node controller() {
    return controller;
  }

  /** Returns the ids of the known topics. */
  public Collection<Uuid> topicIds() {
    return topicIds.values();
  }

  /**
   * Finds the id of a topic.
   *
   * @param topic its name
   * @return the id; {@link Uuid#ZERO_UUID} where it is not known
   */
  public Uuid topicId(String topic) {
    return topicIds.getOrDefault(topic, Uuid.ZERO_UUID);
  }

  /**
   * Finds the name of a topic.
   *
   * @param topicId its id
   * @return the name, or null where it is not known
   */
  public @Nullable String topicName(Uuid topicId) {
    return topicNames.get(topicId);
  }

  @Override
  public String toString() {
    return "Cluster(id = "
        + clusterId
        + ", nodes = "
        + nodes
        + ", partitions = "
        + partitions.values()
        + ", controller = "
        + controller
        + ")";
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Cluster other
        && isBootstrapConfigured == other.isBootstrapConfigured
        && Objects.equals(clusterId, other.clusterId)
        && nodes.equals(other.nodes)
        && unauthorizedTopics.equals(other.unauthorizedTopics)
        && invalidTopics.equals(other.invalidTopics)
        && internalTopics.equals(other.internalTopics)
        && Objects.equals(controller, other.controller)
        && partitionsByTopic.equals(other.partitionsByTopic)
        && topicIds.equals(other.topicIds);
  }

  @Override
  public int hashCode() {
    return Objects.hash(clusterId, nodes, partitionsByTopic, controller, topicIds);
  }

  private record Content(
      @Nullable String clusterId,
      Collection<Node> nodes,
      Collection<PartitionInfo> partitions,
      Set<String> unauthorizedTopics,
      Set<String> invalidTopics,
      Set<String> internalTopics,
      @Nullable Node controller,
      Map<String, Uuid> topicIds) {}
}

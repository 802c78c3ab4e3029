package io.millstream.testing.fake;

import io.millstream.common.Uuid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The topics of a cluster and the leaders of their partitions. */
final class Topics {

  private static final int LONGEST_NAME = 249;
  private static final Pattern LEGAL_NAME = Pattern.compile("[a-zA-Z0-9._-]+");

  private final ClusterState cluster;
  private final Map<String, Topic> byName = new LinkedHashMap<>();
  private final Map<Integer, BrokerImage> images = new LinkedHashMap<>();
  private int nextFirstReplica;

  Topics(ClusterState cluster) {
    this.cluster = cluster;
  }

  static boolean isLegal(String name) {
    return name.length() <= LONGEST_NAME
        && !name.equals(".")
        && !name.equals("..")
        && LEGAL_NAME.matcher(name).matches();
  }

  List<Topic> all() {
    return List.copyOf(byName.values());
  }

  @Nullable Topic find(String name) {
    return byName.get(name);
  }

  @Nullable Topic find(Uuid id) {
    for (Topic topic : byName.values()) {
      if (topic.id().equals(id)) {
        return topic;
      }
    }
    return null;
  }

  /** Finds by id where there is one, else by name. */
  @Nullable Topic find(String name, Uuid id) {
    return id.equals(Uuid.ZERO_UUID) ? find(name) : find(id);
  }

  static @Nullable Partition partition(@Nullable Topic topic, int index) {
    return topic == null || index < 0 || index >= topic.partitions().size()
        ? null
        : topic.partitions().get(index);
  }

  /** Finds a partition that a test names. */
  Partition require(String topicName, int index) {
    Partition partition = partition(find(topicName), index);
    if (partition == null) {
      throw new IllegalArgumentException("There is no partition " + topicName + "-" + index);
    }
    return partition;
  }

  Topic create(String name, int partitionCount, int replicationFactor, Topic.Settings settings) {
    List<Partition> partitions = new ArrayList<>();
    int brokerCount = cluster.brokers().size();
    int first = nextFirstReplica++;
    for (int index = 0; index < partitionCount; index++) {
      List<Integer> replicas = new ArrayList<>();
      for (int replica = 0; replica < replicationFactor; replica++) {
        replicas.add(1 + (first + index + replica) % brokerCount);
      }
      partitions.add(new Partition(name, index, replicas, settings));
    }
    Topic topic = new Topic(name, cluster.newUuid(), replicationFactor, settings, partitions);
    byName.put(name, topic);
    cluster.host().note("topic " + name + " is created");
    tell(image -> image.learn(topic));
    elect();
    return topic;
  }

  void delete(Topic topic) {
    byName.remove(topic.name());
    cluster.host().note("topic " + topic.name() + " is deleted");
    tell(image -> image.forget(topic));
    cluster.groups().forget(topic.name());
    topic.partitions().forEach(Partition::wake);
  }

  /** Gives each partition whose leader does not run another one. */
  void elect() {
    for (Topic topic : byName.values()) {
      for (Partition partition : topic.partitions()) {
        if (!cluster.runs(partition.leader())) {
          int next =
              partition.replicas().stream()
                  .filter(cluster::runs)
                  .findFirst()
                  .orElse(Partition.NO_LEADER);
          if (next != partition.leader()) {
            lead(topic, partition, next);
          }
        }
      }
    }
  }

  void moveLeader(String topicName, int index, int brokerId) {
    Partition partition = require(topicName, index);
    if (!partition.replicas().contains(brokerId) || !cluster.runs(brokerId)) {
      throw new IllegalArgumentException(
          "Broker %d cannot lead %s: its replicas are %s, and of them run %s"
              .formatted(
                  brokerId,
                  partition,
                  partition.replicas(),
                  partition.replicas().stream().filter(cluster::runs).toList()));
    }
    Topic topic = byName.get(topicName);
    if (topic != null) {
      lead(topic, partition, brokerId);
    }
  }

  private void lead(Topic topic, Partition partition, int brokerId) {
    partition.lead(brokerId);
    int epoch = partition.leaderEpoch();
    cluster.host().note(partition + " is led by " + brokerId + " in epoch " + epoch);
    tell(image -> image.learn(topic, partition, new BrokerImage.Leader(brokerId, epoch)));
  }

  /** Returns what a broker knows of the cluster, which may be late. */
  BrokerImage image(FakeBroker broker) {
    return images.computeIfAbsent(broker.id(), id -> new BrokerImage());
  }

  private void tell(Consumer<BrokerImage> news) {
    for (FakeBroker broker : cluster.brokers()) {
      BrokerImage image = image(broker);
      long lagNanos = cluster.timing().metadataLagNanos(cluster.random());
      if (lagNanos == 0) {
        news.accept(image);
      } else {
        cluster.host().later(lagNanos, () -> news.accept(image));
      }
    }
  }
}

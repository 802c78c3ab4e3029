package io.millstream.cluster;

import io.millstream.common.Cluster;
import io.millstream.common.Node;
import io.millstream.common.PartitionInfo;
import io.millstream.network.BrokerAddress;
import io.millstream.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A cluster view in the form that partitioners and assignors get. */
public final class PublicCluster {

  private PublicCluster() {}

  /**
   * Copies a view.
   *
   * @param view what the client knows
   * @return the same in the types of the public API
   */
  public static Cluster of(ClusterView view) {
    Map<Integer, Node> nodes = new LinkedHashMap<>();
    for (BrokerAddress broker : view.brokers()) {
      nodes.put(broker.id(), new Node(broker.id(), broker.host(), broker.port(), broker.rack()));
    }
    List<PartitionInfo> partitions = new ArrayList<>();
    Set<String> internal = new LinkedHashSet<>();
    for (TopicView topic : view.topics()) {
      if (topic.internal()) {
        internal.add(topic.name());
      }
      for (PartitionView partition : topic.partitions()) {
        partitions.add(
            new PartitionInfo(
                topic.name(),
                partition.partition(),
                nodes.get(partition.leaderId()),
                nodes(partition.replicas(), nodes),
                nodes(partition.inSyncReplicas(), nodes),
                nodes(partition.offlineReplicas(), nodes)));
      }
    }
    Set<String> unauthorized = new LinkedHashSet<>();
    view.errors()
        .forEach(
            (topic, error) -> {
              if (error == ErrorCode.TOPIC_AUTHORIZATION_FAILED) {
                unauthorized.add(topic);
              }
            });
    return new Cluster(view.clusterId(), nodes.values(), partitions, unauthorized, internal);
  }

  private static Node[] nodes(List<Integer> ids, Map<Integer, Node> alive) {
    return ids.stream().map(id -> node(id, alive.get(id))).toArray(Node[]::new);
  }

  /** A replica whose broker is down has an id and nothing else. */
  private static Node node(int id, @Nullable Node alive) {
    return alive == null ? new Node(id, "", -1) : alive;
  }
}

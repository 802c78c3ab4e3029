package io.millstream.consume;

import io.millstream.common.Node;
import io.millstream.common.PartitionInfo;
import io.millstream.protocol.MetadataResponse;
import io.millstream.protocol.MetadataResponse.MetadataResponsePartition;
import io.millstream.protocol.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes what the user sees of what a broker said about topics. */
final class TopicListing {

  private TopicListing() {}

  /** Returns the partitions of each topic that is there, ordered by number. */
  static Map<String, List<PartitionInfo>> of(MetadataResponse response) {
    Map<Integer, Node> nodes = new HashMap<>();
    for (MetadataResponse.MetadataResponseBroker broker : response.brokers()) {
      nodes.put(
          broker.nodeId(), new Node(broker.nodeId(), broker.host(), broker.port(), broker.rack()));
    }
    Map<String, List<PartitionInfo>> listing = new LinkedHashMap<>();
    for (MetadataResponseTopic topic : response.topics()) {
      String name = topic.name();
      if (name == null || topic.errorCode() != 0) {
        continue;
      }
      List<MetadataResponsePartition> sorted = new ArrayList<>(topic.partitions());
      sorted.sort((a, b) -> Integer.compare(a.partitionIndex(), b.partitionIndex()));
      List<PartitionInfo> partitions = new ArrayList<>();
      for (MetadataResponsePartition partition : sorted) {
        partitions.add(
            new PartitionInfo(
                name,
                partition.partitionIndex(),
                nodes.get(partition.leaderId()),
                nodes(partition.replicaNodes(), nodes),
                nodes(partition.isrNodes(), nodes),
                nodes(partition.offlineReplicas(), nodes)));
      }
      listing.put(name, partitions);
    }
    return listing;
  }

  private static Node[] nodes(List<Integer> ids, Map<Integer, Node> alive) {
    return ids.stream()
        .map(id -> alive.getOrDefault(id, new Node(id, "", -1)))
        .toArray(Node[]::new);
  }
}

package io.millstream.produce;

import io.millstream.cluster.LeaderHint;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.network.BrokerAddress;
import io.millstream.protocol.ProduceResponse;
import io.millstream.protocol.ProduceResponse.NodeEndpoint;
import io.millstream.protocol.ProduceResponse.PartitionProduceResponse;
import io.millstream.protocol.ProduceResponse.TopicProduceResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one answer says of each partition, to be looked up. For one thread. */
final class ProduceAnswers {

  private final Map<TopicKey, Map<Integer, PartitionProduceResponse>> topics = new HashMap<>();
  private final Map<Integer, BrokerAddress> nodes = new HashMap<>();

  /** A topic as an answer names it: by its id if it has one there, else by its name. */
  private record TopicKey(String name, Uuid topicId) {
    static TopicKey of(String name, Uuid topicId) {
      return topicId.equals(Uuid.ZERO_UUID)
          ? new TopicKey(name, Uuid.ZERO_UUID)
          : new TopicKey("", topicId);
    }
  }

  ProduceAnswers(ProduceResponse response) {
    for (TopicProduceResponse topic : response.responses()) {
      Map<Integer, PartitionProduceResponse> partitions =
          topics.computeIfAbsent(
              TopicKey.of(topic.name(), topic.topicId()), key -> new HashMap<>());
      for (PartitionProduceResponse partition : topic.partitionResponses()) {
        partitions.putIfAbsent(partition.index(), partition);
      }
    }
    for (NodeEndpoint node : response.nodeEndpoints()) {
      nodes.putIfAbsent(
          node.nodeId(), new BrokerAddress(node.nodeId(), node.host(), node.port(), node.rack()));
    }
  }

  /** Returns what is said of a partition, null if nothing is. */
  @Nullable PartitionProduceResponse of(TopicPartition partition, Uuid topicId) {
    Map<Integer, PartitionProduceResponse> told =
        topics.get(TopicKey.of(partition.topic(), topicId));
    if (told == null) {
      told = topics.get(TopicKey.of(partition.topic(), Uuid.ZERO_UUID));
    }
    return told == null ? null : told.get(partition.partition());
  }

  /** Returns the leader of which a partition's answer tells, null if it does not. */
  @Nullable LeaderHint hint(TopicPartition partition, PartitionProduceResponse told) {
    BrokerAddress leader = nodes.get(told.currentLeader().leaderId());
    return leader == null
        ? null
        : new LeaderHint(partition, leader, told.currentLeader().leaderEpoch());
  }
}

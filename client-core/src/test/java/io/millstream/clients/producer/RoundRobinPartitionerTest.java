package io.millstream.clients.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.Cluster;
import io.millstream.common.Node;
import io.millstream.common.PartitionInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoundRobinPartitionerTest {

  private static final Node NODE = new Node(1, "localhost", 9092);

  private final RoundRobinPartitioner partitioner = new RoundRobinPartitioner();

  @Test
  void takesTurnsWhateverTheKeys() {
    Cluster cluster = cluster(NODE, NODE, NODE);

    assertThat(turns(cluster, "orders", 7)).containsExactly(0, 1, 2, 0, 1, 2, 0);
  }

  @Test
  void countsTheTurnsOfEachTopic() {
    Cluster cluster = cluster(NODE, NODE, NODE);
    turns(cluster, "orders", 2);

    assertThat(turns(cluster, "payments", 2)).containsExactly(0, 1);
    assertThat(turns(cluster, "orders", 1)).containsExactly(2);
  }

  @Test
  void leavesOutPartitionsWithoutLeader() {
    assertThat(turns(cluster(NODE, null, NODE), "orders", 4)).containsExactly(0, 2, 0, 2);
  }

  @Test
  void takesAllPartitionsWhereNoneHasALeader() {
    assertThat(turns(cluster(null, null), "orders", 4)).containsExactly(0, 1, 0, 1);
  }

  private List<Integer> turns(Cluster cluster, String topic, int count) {
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] key = {(byte) i};
      chosen.add(partitioner.partition(topic, key, key, null, null, cluster));
    }
    return chosen;
  }

  private static Cluster cluster(@Nullable Node... leaders) {
    List<PartitionInfo> partitions = new ArrayList<>();
    for (String topic : List.of("orders", "payments")) {
      for (int i = 0; i < leaders.length; i++) {
        Node[] replicas = {NODE};
        partitions.add(new PartitionInfo(topic, i, leaders[i], replicas, replicas));
      }
    }
    return new Cluster("cluster", List.of(NODE), partitions, Set.of(), Set.of());
  }
}

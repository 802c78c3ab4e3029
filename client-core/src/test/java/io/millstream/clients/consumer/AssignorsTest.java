package io.millstream.clients.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import io.millstream.clients.consumer.ConsumerPartitionAssignor.Subscription;
import io.millstream.common.Cluster;
import io.millstream.common.Node;
import io.millstream.common.PartitionInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Against the assignors of Apache's client, over random clusters and groups. */
class AssignorsTest {

  private static final int CLUSTERS = 5_000;

  @Test
  void rangesAreThoseOfApachesClient() {
    compare(new RangeAssignor(), new org.apache.kafka.clients.consumer.RangeAssignor());
  }

  @Test
  void roundRobinIsThatOfApachesClient() {
    compare(new RoundRobinAssignor(), new org.apache.kafka.clients.consumer.RoundRobinAssignor());
  }

  @Test
  void topicsOfTheSameSizeAreDividedAlike() {
    World world = new World(new Random(7));
    world.topics.clear();
    world.topics.put("left", world.partitions("left", 7));
    world.topics.put("right", world.partitions("right", 7));
    Map<String, List<String>> assignment =
        ours(
            new RangeAssignor(),
            world,
            Map.of(
                "a", new Subscription(List.of("left", "right")),
                "b", new Subscription(List.of("left", "right"))));

    assertThat(assignment.get("a"))
        .containsExactly(
            "left-0", "left-1", "left-2", "left-3", "right-0", "right-1", "right-2", "right-3");
  }

  private static void compare(
      ConsumerPartitionAssignor ours,
      org.apache.kafka.clients.consumer.ConsumerPartitionAssignor theirs) {
    for (long seed = 0; seed < CLUSTERS; seed++) {
      Random random = new Random(seed);
      World world = new World(random);
      Map<String, Subscription> members = world.members(random);

      assertThat(ours(ours, world, members))
          .as("seed %d: %s of %s", seed, members, world.topics)
          .isEqualTo(theirs(theirs, world, members));
    }
    assertThat(ours.name()).isEqualTo(theirs.name());
  }

  private static Map<String, List<String>> ours(
      ConsumerPartitionAssignor assignor, World world, Map<String, Subscription> members) {
    Map<String, List<String>> assignment = new TreeMap<>();
    assignor
        .assign(world.cluster(), new GroupSubscription(members))
        .groupAssignment()
        .forEach((member, got) -> assignment.put(member, sorted(got.partitions())));
    return assignment;
  }

  private static Map<String, List<String>> theirs(
      org.apache.kafka.clients.consumer.ConsumerPartitionAssignor assignor,
      World world,
      Map<String, Subscription> members) {
    Map<String, org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription> same =
        new LinkedHashMap<>();
    members.forEach(
        (id, member) -> {
          var subscription =
              new org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription(
                  member.topics(), null, List.of(), -1, member.rackId());
          subscription.setGroupInstanceId(member.groupInstanceId());
          same.put(id, subscription);
        });
    Map<String, List<String>> assignment = new TreeMap<>();
    assignor
        .assign(
            world.apacheCluster(),
            new org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription(same))
        .groupAssignment()
        .forEach((member, got) -> assignment.put(member, sorted(got.partitions())));
    return assignment;
  }

  /** The order within an assignment depends on hashing in Apache's client, so it is left out. */
  private static List<String> sorted(List<?> partitions) {
    return partitions.stream().map(Object::toString).sorted().toList();
  }

  /** A cluster with racks, and topics of which several often have the same size. */
  private static final class World {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, List<PartitionInfo>> topics = new TreeMap<>();
    private final Random random;

    World(Random random) {
      this.random = random;
      boolean racks = random.nextBoolean();
      int brokers = 1 + random.nextInt(5);
      for (int id = 0; id < brokers; id++) {
        String rack = racks && random.nextInt(8) > 0 ? "rack-" + random.nextInt(3) : null;
        nodes.add(new Node(id, "host-" + id, 9092, rack));
      }
      int size = 1 + random.nextInt(8);
      for (int topic = random.nextInt(6); topic > 0; topic--) {
        String name = "topic-" + topic;
        int partitions = random.nextBoolean() ? size : random.nextInt(9);
        topics.put(name, partitions(name, partitions));
      }
    }

    List<PartitionInfo> partitions(String topic, int count) {
      List<PartitionInfo> partitions = new ArrayList<>();
      int replicas = 1 + random.nextInt(nodes.size());
      for (int partition = 0; partition < count; partition++) {
        List<Node> shuffled = new ArrayList<>(nodes);
        Collections.shuffle(shuffled, random);
        Node[] chosen = shuffled.subList(0, replicas).toArray(Node[]::new);
        partitions.add(new PartitionInfo(topic, partition, chosen[0], chosen, chosen));
      }
      return partitions;
    }

    Map<String, Subscription> members(Random random) {
      List<String> names = new ArrayList<>(topics.keySet());
      names.add("absent");
      Map<String, Subscription> members = new LinkedHashMap<>();
      boolean alike = random.nextBoolean();
      for (int member = 1 + random.nextInt(6); member > 0; member--) {
        TreeSet<String> wanted = new TreeSet<>();
        for (String name : names) {
          if (alike || random.nextInt(3) > 0) {
            wanted.add(name);
          }
        }
        Optional<String> rack =
            random.nextInt(4) > 0 ? Optional.of("rack-" + random.nextInt(4)) : Optional.empty();
        Subscription subscription =
            new Subscription(List.copyOf(wanted), null, List.of(), -1, rack);
        if (random.nextInt(3) == 0) {
          subscription.setGroupInstanceId(Optional.of("instance-" + member));
        }
        members.put("member-" + random.nextInt(1000) + "-" + member, subscription);
      }
      return members;
    }

    Cluster cluster() {
      return new Cluster(
          "id", nodes, topics.values().stream().flatMap(List::stream).toList(), Set.of(), Set.of());
    }

    org.apache.kafka.common.Cluster apacheCluster() {
      return new org.apache.kafka.common.Cluster(
          "id",
          nodes.stream().map(World::apache).toList(),
          topics.values().stream().flatMap(List::stream).map(World::apache).toList(),
          Set.of(),
          Set.of());
    }

    private static org.apache.kafka.common.PartitionInfo apache(PartitionInfo partition) {
      org.apache.kafka.common.Node[] replicas =
          java.util.Arrays.stream(partition.replicas())
              .map(World::apache)
              .toArray(org.apache.kafka.common.Node[]::new);
      return new org.apache.kafka.common.PartitionInfo(
          partition.topic(), partition.partition(), replicas[0], replicas, replicas);
    }

    private static org.apache.kafka.common.Node apache(Node node) {
      return new org.apache.kafka.common.Node(node.id(), node.host(), node.port(), node.rack());
    }
  }
}

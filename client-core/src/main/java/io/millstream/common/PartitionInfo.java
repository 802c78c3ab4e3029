package io.millstream.common;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a client knows of a partition: its leader and its replicas. */
public class PartitionInfo {

  private final String topic;
  private final int partition;
  private final @Nullable Node leader;
  private final Node[] replicas;
  private final Node[] inSyncReplicas;
  private final Node[] offlineReplicas;

  /**
   * Describes a partition that has no replica offline.
   *
   * @param topic the name of the topic
   * @param partition the number of the partition
   * @param leader its leader; null for none
   * @param replicas all replicas
   * @param inSyncReplicas those that are in sync
   */
  public PartitionInfo(
      String topic, int partition, @Nullable Node leader, Node[] replicas, Node[] inSyncReplicas) {
    this(topic, partition, leader, replicas, inSyncReplicas, new Node[0]);
  }

  /**
   * Describes a partition. The arrays are not copied.
   *
   * @param topic the name of the topic
   * @param partition the number of the partition
   * @param leader its leader; null for none
   * @param replicas all replicas
   * @param inSyncReplicas those that are in sync
   * @param offlineReplicas those that are offline
   */
  public PartitionInfo(
      String topic,
      int partition,
      @Nullable Node leader,
      Node[] replicas,
      Node[] inSyncReplicas,
      Node[] offlineReplicas) {
    this.topic = topic;
    this.partition = partition;
    this.leader = leader;
    this.replicas = replicas;
    this.inSyncReplicas = inSyncReplicas;
    this.offlineReplicas = offlineReplicas;
  }

  /** Returns the name of the topic. */
  public String topic() {
    return topic;
  }

  /** Returns the number of the partition. */
  public int partition() {
    return partition;
  }

  /** Returns the leader, or null if there is none at present. */
  public @Nullable Node leader() {
    return leader;
  }

  /** Returns all replicas, the preferred leader first; not a copy. */
  public Node[] replicas() {
    return replicas;
  }

  /** Returns the replicas that are in sync; not a copy. */
  public Node[] inSyncReplicas() {
    return inSyncReplicas;
  }

  /** Returns the replicas that are offline; not a copy. */
  public Node[] offlineReplicas() {
    return offlineReplicas;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        topic,
        partition,
        leader,
        Arrays.hashCode(replicas),
        Arrays.hashCode(inSyncReplicas),
        Arrays.hashCode(offlineReplicas));
  }

  @Override
  public boolean equals(@Nullable Object obj) {
    return obj instanceof PartitionInfo other
        && partition == other.partition
        && Objects.equals(topic, other.topic)
        && Objects.equals(leader, other.leader)
        && Arrays.equals(replicas, other.replicas)
        && Arrays.equals(inSyncReplicas, other.inSyncReplicas)
        && Arrays.equals(offlineReplicas, other.offlineReplicas);
  }

  @Override
  public String toString() {
    return "Partition(topic = "
        + topic
        + ", partition = "
        + partition
        + ", leader = "
        + (leader == null ? "none" : leader.idString())
        + ", replicas = "
        + ids(replicas)
        + ", isr = "
        + ids(inSyncReplicas)
        + ", offlineReplicas = "
        + ids(offlineReplicas)
        + ")";
  }

  private static String ids(Node[] nodes) {
    return nodes == null
        ? "[]"
        : Arrays.stream(nodes).map(Node::idString).collect(Collectors.joining(",", "[", "]"));
  }
}

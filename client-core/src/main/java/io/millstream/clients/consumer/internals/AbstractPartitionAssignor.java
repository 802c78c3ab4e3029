package io.millstream.clients.consumer.internals;

import io.millstream.clients.consumer.ConsumerPartitionAssignor;
import io.millstream.common.Cluster;
import io.millstream.common.Node;
import io.millstream.common.PartitionInfo;
import io.millstream.common.TopicPartition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An assignor that needs nothing but the partitions of the topics and the subscriptions of the
 * members.
 */
public abstract class AbstractPartitionAssignor implements ConsumerPartitionAssignor {

  private static final Node[] UNKNOWN_REPLICAS = {Node.noNode()};

  /** For subclasses. */
  public AbstractPartitionAssignor() {}

  /**
   * Divides partitions by their number alone.
   *
   * @param partitionsPerTopic how many partitions each existing topic has
   * @param subscriptions by member id
   * @return the partitions of each member
   */
  public abstract Map<String, List<TopicPartition>> assign(
      Map<String, Integer> partitionsPerTopic, Map<String, Subscription> subscriptions);

  /**
   * Divides partitions whose replicas are known. Unless a subclass says otherwise only their number
   * counts.
   *
   * @param partitionsPerTopic the partitions of each existing topic, by number
   * @param subscriptions by member id
   * @return the partitions of each member
   */
  public Map<String, List<TopicPartition>> assignPartitions(
      Map<String, List<PartitionInfo>> partitionsPerTopic,
      Map<String, Subscription> subscriptions) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    partitionsPerTopic.forEach((topic, partitions) -> counts.put(topic, partitions.size()));
    return assign(counts, subscriptions);
  }

  @Override
  public GroupAssignment assign(Cluster metadata, GroupSubscription groupSubscription) {
    Map<String, Subscription> subscriptions = groupSubscription.groupSubscription();
    TreeSet<String> topics = new TreeSet<>();
    subscriptions.values().forEach(subscription -> topics.addAll(subscription.topics()));
    Map<String, List<PartitionInfo>> partitionsPerTopic = new LinkedHashMap<>();
    for (String topic : topics) {
      List<PartitionInfo> partitions = new ArrayList<>(metadata.partitionsForTopic(topic));
      if (!partitions.isEmpty()) {
        partitions.sort(Comparator.comparingInt(PartitionInfo::partition));
        partitionsPerTopic.put(topic, partitions);
      }
    }
    Map<String, Assignment> assignments = new LinkedHashMap<>();
    assignPartitions(partitionsPerTopic, subscriptions)
        .forEach((member, partitions) -> assignments.put(member, new Assignment(partitions)));
    return new GroupAssignment(assignments);
  }

  /**
   * Makes up partitions of which nothing is known but that they are there.
   *
   * @param partitionsPerTopic how many of each topic
   * @return the same with unknown replicas
   */
  protected static Map<String, List<PartitionInfo>> partitionInfosWithoutRacks(
      Map<String, Integer> partitionsPerTopic) {
    Map<String, List<PartitionInfo>> infos = new LinkedHashMap<>();
    partitionsPerTopic.forEach(
        (topic, count) -> {
          List<PartitionInfo> partitions = new ArrayList<>();
          for (int partition = 0; partition < count; partition++) {
            partitions.add(
                new PartitionInfo(
                    topic, partition, Node.noNode(), UNKNOWN_REPLICAS, UNKNOWN_REPLICAS));
          }
          infos.put(topic, partitions);
        });
    return infos;
  }

  /**
   * A member as assignors order them: those with a group instance id first, by it, then the others
   * by their member id.
   */
  public static class MemberInfo implements Comparable<MemberInfo> {

    /** The id that the coordinator gave. */
    public final String memberId;

    /** The name of a static member. */
    public final Optional<String> groupInstanceId;

    /** Where the member runs. */
    public final Optional<String> rackId;

    /**
     * Describes a member.
     *
     * @param memberId the id that the coordinator gave
     * @param groupInstanceId the name of a static member
     * @param rackId where the member runs
     */
    public MemberInfo(String memberId, Optional<String> groupInstanceId, Optional<String> rackId) {
      this.memberId = memberId;
      this.groupInstanceId = groupInstanceId;
      this.rackId = rackId;
    }

    /**
     * Describes a member whose rack is not known.
     *
     * @param memberId the id that the coordinator gave
     * @param groupInstanceId the name of a static member
     */
    public MemberInfo(String memberId, Optional<String> groupInstanceId) {
      this(memberId, groupInstanceId, Optional.empty());
    }

    @Override
    public int compareTo(MemberInfo other) {
      if (groupInstanceId.isPresent() != other.groupInstanceId.isPresent()) {
        return groupInstanceId.isPresent() ? -1 : 1;
      }
      return groupInstanceId.isPresent()
          ? groupInstanceId.get().compareTo(other.groupInstanceId.get())
          : memberId.compareTo(other.memberId);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof MemberInfo that && memberId.equals(that.memberId);
    }

    @Override
    public int hashCode() {
      return memberId.hashCode();
    }

    @Override
    public String toString() {
      return "MemberInfo(memberId="
          + memberId
          + ", groupInstanceId="
          + groupInstanceId.orElse("")
          + ")";
    }
  }
}

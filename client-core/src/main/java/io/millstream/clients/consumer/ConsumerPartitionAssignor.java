package io.millstream.clients.consumer;

import io.millstream.common.Cluster;
import io.millstream.common.TopicPartition;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shares the partitions of a classic group among its members: the member that leads the group calls
 * {@link #assign} for all.
 */
public interface ConsumerPartitionAssignor {

  /**
   * Returns bytes to send with this member's subscription, for {@link #assign} to read.
   *
   * @param topics what this member subscribes to
   * @return the bytes; null for none
   */
  default @Nullable ByteBuffer subscriptionUserData(Set<String> topics) {
    return null;
  }

  /**
   * Shares the partitions.
   *
   * @param metadata what is known of the cluster
   * @param groupSubscription what each member subscribes to
   * @return what each member gets
   */
  GroupAssignment assign(Cluster metadata, GroupSubscription groupSubscription);

  /**
   * Called on each member when it has learnt its share.
   *
   * @param assignment what this member got
   * @param metadata what this member is in the group
   */
  default void onAssignment(Assignment assignment, ConsumerGroupMetadata metadata) {}

  /** {@return how this assignor can move partitions; all of a group's assignors share one way} */
  default List<RebalanceProtocol> supportedProtocols() {
    return List.of(RebalanceProtocol.EAGER);
  }

  /** {@return the version of the bytes that this assignor exchanges} */
  default short version() {
    return 0;
  }

  /** {@return the name, which all members of a group have to agree on} */
  String name();

  /** How partitions move between members. */
  enum RebalanceProtocol {
    /** Every member gives up all its partitions before it joins again. */
    EAGER((byte) 0),
    /** Members keep their partitions and give up only those that move (KIP-429). */
    COOPERATIVE((byte) 1);

    private final byte id;

    RebalanceProtocol(byte id) {
      this.id = id;
    }

    /** {@return the number} */
    public byte id() {
      return id;
    }

    /**
     * Finds a protocol by its number.
     *
     * @param id the number
     * @return the protocol
     * @throws IllegalArgumentException if there is none
     */
    public static RebalanceProtocol forId(byte id) {
      return switch (id) {
        case 0 -> EAGER;
        case 1 -> COOPERATIVE;
        default -> throw new IllegalArgumentException("No rebalance protocol has the number " + id);
      };
    }
  }

  /** What one member subscribes to. */
  final class Subscription {

    private final List<String> topics;
    private final @Nullable ByteBuffer userData;
    private final List<TopicPartition> ownedPartitions;
    private final int generationId;
    private final Optional<String> rackId;
    private Optional<String> groupInstanceId = Optional.empty();

    /**
     * Describes a subscription.
     *
     * @param topics the topics
     * @param userData what the member's assignor sent along; null for nothing
     * @param ownedPartitions what the member owns at present
     * @param generationId since which generation it owns them; negative where it is not known
     * @param rackId the rack of the member
     */
    public Subscription(
        List<String> topics,
        @Nullable ByteBuffer userData,
        List<TopicPartition> ownedPartitions,
        int generationId,
        Optional<String> rackId) {
      this.topics = topics;
      this.userData = userData;
      this.ownedPartitions = ownedPartitions;
      this.generationId = generationId;
      this.rackId = rackId;
    }

    /**
     * Describes a subscription of a member without a rack.
     *
     * @param topics the topics
     * @param userData what the member's assignor sent along; null for nothing
     * @param ownedPartitions what the member owns at present
     */
    public Subscription(
        List<String> topics, @Nullable ByteBuffer userData, List<TopicPartition> ownedPartitions) {
      this(topics, userData, ownedPartitions, -1, Optional.empty());
    }

    /**
     * Describes a subscription of a member that owns nothing.
     *
     * @param topics the topics
     * @param userData what the member's assignor sent along; null for nothing
     */
    public Subscription(List<String> topics, @Nullable ByteBuffer userData) {
      this(topics, userData, List.of());
    }

    /**
     * Describes a subscription of a member that owns nothing and sent nothing along.
     *
     * @param topics the topics
     */
    public Subscription(List<String> topics) {
      this(topics, null);
    }

    /** {@return the topics} */
    public List<String> topics() {
      return topics;
    }

    /** {@return what the member's assignor sent along, or null for nothing} */
    public @Nullable ByteBuffer userData() {
      return userData;
    }

    /** {@return what the member owns at present} */
    public List<TopicPartition> ownedPartitions() {
      return ownedPartitions;
    }

    /** {@return the rack of the member} */
    public Optional<String> rackId() {
      return rackId;
    }

    /**
     * Sets the id of a static member.
     *
     * @param groupInstanceId the id; empty for none
     */
    public void setGroupInstanceId(Optional<String> groupInstanceId) {
      this.groupInstanceId = groupInstanceId;
    }

    /** {@return the id of a static member} */
    public Optional<String> groupInstanceId() {
      return groupInstanceId;
    }

    /** {@return since which generation the member owns its partitions, where it is known} */
    public Optional<Integer> generationId() {
      return generationId < 0 ? Optional.empty() : Optional.of(generationId);
    }

    @Override
    public String toString() {
      return "Subscription(topics="
          + topics
          + (userData == null ? "" : ", userDataSize=" + userData.remaining())
          + ", ownedPartitions="
          + ownedPartitions
          + ", groupInstanceId="
          + groupInstanceId.orElse(null)
          + ", generationId="
          + generationId
          + ", rackId="
          + rackId.orElse(null)
          + ")";
    }
  }

  /** What one member gets. */
  final class Assignment {

    private final List<TopicPartition> partitions;
    private final @Nullable ByteBuffer userData;

    /**
     * Describes a share.
     *
     * @param partitions the partitions
     * @param userData bytes for the member's {@link #onAssignment}; null for none
     */
    public Assignment(List<TopicPartition> partitions, @Nullable ByteBuffer userData) {
      this.partitions = partitions;
      this.userData = userData;
    }

    /**
     * Describes a share without further bytes.
     *
     * @param partitions the partitions
     */
    public Assignment(List<TopicPartition> partitions) {
      this(partitions, null);
    }

    /** {@return the partitions} */
    public List<TopicPartition> partitions() {
      return partitions;
    }

    /** {@return the bytes for the member, or null for none} */
    public @Nullable ByteBuffer userData() {
      return userData;
    }

    @Override
    public String toString() {
      return "Assignment(partitions="
          + partitions
          + (userData == null ? "" : ", userDataSize=" + userData.remaining())
          + ")";
    }
  }

  /** What all members subscribe to. */
  final class GroupSubscription {

    private final Map<String, Subscription> subscriptions;

    /**
     * Wraps subscriptions.
     *
     * @param subscriptions what each member subscribes to, by member id
     */
    public GroupSubscription(Map<String, Subscription> subscriptions) {
      this.subscriptions = Objects.requireNonNull(subscriptions, "subscriptions");
    }

    /** {@return what each member subscribes to, by member id} */
    public Map<String, Subscription> groupSubscription() {
      return subscriptions;
    }

    @Override
    public String toString() {
      return "GroupSubscription(subscriptions=" + subscriptions + ")";
    }
  }

  /** What all members get. */
  final class GroupAssignment {

    private final Map<String, Assignment> assignments;

    /**
     * Wraps shares.
     *
     * @param assignments what each member gets, by member id
     */
    public GroupAssignment(Map<String, Assignment> assignments) {
      this.assignments = Objects.requireNonNull(assignments, "assignments");
    }

    /** {@return what each member gets, by member id} */
    public Map<String, Assignment> groupAssignment() {
      return assignments;
    }

    @Override
    public String toString() {
      return "GroupAssignment(assignments=" + assignments + ")";
    }
  }
}

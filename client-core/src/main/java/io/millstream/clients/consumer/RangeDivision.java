package io.millstream.clients.consumer;

import io.millstream.clients.consumer.internals.AbstractPartitionAssignor;
import io.millstream.common.Node;
import io.millstream.common.PartitionInfo;
import io.millstream.common.TopicPartition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One topic while its partitions are divided into ranges. Each member gets the rounded-down share,
 * and those that come first one more, until no partition is left over.
 */
final class RangeDivision {

  private final String topic;
  private final List<String> members = new ArrayList<>();
  private final Map<String, @Nullable String> memberRacks = new LinkedHashMap<>();
  private final Map<Integer, Set<String>> partitionRacks = new TreeMap<>();
  private final TreeSet<Integer> left = new TreeSet<>();
  private final Map<String, List<TopicPartition>> taken = new LinkedHashMap<>();
  private final int share;
  private final boolean racksMatter;
  private int sharesOfOneMore;

  /**
   * Begins to divide.
   *
   * @param topic the topic
   * @param partitions its partitions
   * @param subscribers the members that want it, in order
   */
  RangeDivision(
      String topic,
      List<PartitionInfo> partitions,
      List<AbstractPartitionAssignor.MemberInfo> subscribers) {
    this.topic = topic;
    for (AbstractPartitionAssignor.MemberInfo member : subscribers) {
      members.add(member.memberId);
      memberRacks.put(member.memberId, member.rackId.filter(rack -> !rack.isEmpty()).orElse(null));
      taken.put(member.memberId, new ArrayList<>());
    }
    for (PartitionInfo partition : partitions) {
      left.add(partition.partition());
      partitionRacks.put(partition.partition(), racks(partition));
    }
    share = members.isEmpty() ? 0 : partitions.size() / members.size();
    sharesOfOneMore = members.isEmpty() ? 0 : partitions.size() % members.size();
    racksMatter = decideWhetherRacksMatter();
  }

  private static Set<String> racks(PartitionInfo partition) {
    Set<String> racks = new TreeSet<>();
    for (Node replica : partition.replicas()) {
      Optional.ofNullable(replica.rack()).ifPresent(racks::add);
    }
    return racks;
  }

  /** They do when members share racks with replicas, and not every partition is in all of these. */
  private boolean decideWhetherRacksMatter() {
    Set<String> all = new HashSet<>();
    partitionRacks.values().forEach(all::addAll);
    return memberRacks.values().stream().anyMatch(rack -> rack != null && all.contains(rack))
        && !partitionRacks.values().stream().allMatch(all::equals);
  }

  /** Says whether a member would rather read from a replica in its own rack. */
  boolean racksMatter() {
    return racksMatter;
  }

  /** Returns what topics have in common that are divided alike, partition by partition. */
  List<Object> likeness() {
    return List.of(members, memberRacks.toString(), partitionRacks.size());
  }

  /** Says whether any member told where it runs. */
  boolean racksOfMembersAreKnown() {
    return memberRacks.values().stream().anyMatch(rack -> rack != null);
  }

  /** Gives each member, in order, what is left, up to its share. */
  void giveRanges() {
    for (String member : members) {
      giveRange(member, partition -> true);
    }
  }

  /** Gives each member, in order, what is left and has a replica in its rack, up to its share. */
  void giveRangesByRack() {
    for (String member : members) {
      giveRange(member, partition -> matches(member, partition));
    }
  }

  private void giveRange(String member, IntPredicate accepted) {
    List<Integer> range = left.stream().filter(accepted::test).limit(mayTake(member)).toList();
    if (!range.isEmpty()) {
      give(member, range);
    }
  }

  /**
   * Gives the partitions of topics that are alike by their numbers: each number to the first member
   * with room that has a replica of all topics in its rack.
   *
   * @param alike topics of the same {@link #likeness}, at least one
   */
  static void giveTogetherByRack(List<RangeDivision> alike) {
    RangeDivision first = alike.get(0);
    for (int partition : List.copyOf(first.left)) {
      for (String member : first.members) {
        if (alike.stream().allMatch(t -> t.mayTake(member) > 0 && t.matches(member, partition))) {
          alike.forEach(division -> division.give(member, List.of(partition)));
          break;
        }
      }
    }
  }

  private boolean matches(String member, int partition) {
    String rack = memberRacks.get(member);
    return rack == null || partitionRacks.getOrDefault(partition, Set.of()).contains(rack);
  }

  private int mayTake(String member) {
    return Math.max(0, share + (sharesOfOneMore > 0 ? 1 : 0) - of(member).size());
  }

  private void give(String member, List<Integer> partitions) {
    partitions.forEach(partition -> of(member).add(new TopicPartition(topic, partition)));
    left.removeAll(partitions);
    if (of(member).size() > share) {
      sharesOfOneMore--;
    }
  }

  /** Returns what a member got, in the order in which it got it. */
  List<TopicPartition> of(String member) {
    return taken.computeIfAbsent(member, unknown -> new ArrayList<>());
  }
}

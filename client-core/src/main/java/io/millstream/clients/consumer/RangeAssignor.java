package io.millstream.clients.consumer;

import io.millstream.clients.consumer.internals.AbstractPartitionAssignor;
import io.millstream.common.PartitionInfo;
import io.millstream.common.TopicPartition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Divides each topic into as many ranges of partitions as there are members that subscribed to it.
 * Topics with the same number of partitions and the same members are divided alike, so that one
 * member gets the same partition numbers of all of them: records with the same key meet.
 *
 * <p>Members and partitions that name racks are brought together where a range allows it (KIP-881),
 * without giving up that topics are divided alike.
 */
public class RangeAssignor extends AbstractPartitionAssignor {

  /** The name under which members agree on this assignor. */
  public static final String RANGE_ASSIGNOR_NAME = "range";

  private static final Comparator<TopicPartition> BY_TOPIC_AND_NUMBER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  /** Creates the assignor. */
  public RangeAssignor() {}

  @Override
  public String name() {
    return RANGE_ASSIGNOR_NAME;
  }

  @Override
  public Map<String, List<TopicPartition>> assign(
      Map<String, Integer> partitionsPerTopic, Map<String, Subscription> subscriptions) {
    return assignPartitions(partitionInfosWithoutRacks(partitionsPerTopic), subscriptions);
  }

  @Override
  public Map<String, List<TopicPartition>> assignPartitions(
      Map<String, List<PartitionInfo>> partitionsPerTopic,
      Map<String, Subscription> subscriptions) {
    Map<String, List<MemberInfo>> subscribers = subscribersByTopic(subscriptions);
    List<RangeDivision> topics = new ArrayList<>();
    new TreeMap<>(partitionsPerTopic)
        .forEach(
            (topic, partitions) ->
                topics.add(
                    new RangeDivision(
                        topic, partitions, subscribers.getOrDefault(topic, List.of()))));
    if (topics.stream().anyMatch(RangeDivision::racksMatter)) {
      giveByRack(topics);
    }
    topics.forEach(RangeDivision::giveRanges);

    Map<String, List<TopicPartition>> assignment = new LinkedHashMap<>();
    for (String member : subscriptions.keySet()) {
      List<TopicPartition> partitions = new ArrayList<>();
      topics.forEach(topic -> partitions.addAll(topic.of(member)));
      partitions.sort(BY_TOPIC_AND_NUMBER);
      assignment.put(member, partitions);
    }
    return assignment;
  }

  private static void giveByRack(List<RangeDivision> topics) {
    Map<List<Object>, List<RangeDivision>> alike = new LinkedHashMap<>();
    for (RangeDivision topic : topics) {
      if (!topic.racksOfMembersAreKnown()) {
        continue;
      }
      alike.computeIfAbsent(topic.likeness(), likeness -> new ArrayList<>()).add(topic);
    }
    for (List<RangeDivision> together : alike.values()) {
      if (together.size() > 1) {
        RangeDivision.giveTogetherByRack(together);
      } else if (together.get(0).racksMatter()) {
        together.get(0).giveRangesByRack();
      }
    }
  }

  private static Map<String, List<MemberInfo>> subscribersByTopic(
      Map<String, Subscription> subscriptions) {
    Map<String, List<MemberInfo>> subscribers = new LinkedHashMap<>();
    subscriptions.forEach(
        (memberId, subscription) -> {
          MemberInfo member =
              new MemberInfo(memberId, subscription.groupInstanceId(), subscription.rackId());
          for (String topic : subscription.topics()) {
            subscribers.computeIfAbsent(topic, unknown -> new ArrayList<>()).add(member);
          }
        });
    subscribers.values().forEach(members -> members.sort(null));
    return subscribers;
  }
}

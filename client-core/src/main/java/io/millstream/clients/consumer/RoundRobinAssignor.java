package io.millstream.clients.consumer;

import io.millstream.clients.consumer.internals.AbstractPartitionAssignor;
import io.millstream.common.TopicPartition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Lays out all partitions of all topics in order and deals them to the members in turn, passing
 * over those that did not subscribe to the topic.
 */
public class RoundRobinAssignor extends AbstractPartitionAssignor {

  /** The name under which members agree on this assignor. */
  public static final String ROUNDROBIN_ASSIGNOR_NAME = "roundrobin";

  /** Creates the assignor. */
  public RoundRobinAssignor() {}

  @Override
  public String name() {
    return ROUNDROBIN_ASSIGNOR_NAME;
  }

  @Override
  public Map<String, List<TopicPartition>> assign(
      Map<String, Integer> partitionsPerTopic, Map<String, Subscription> subscriptions) {
    Map<String, List<TopicPartition>> assignment = new LinkedHashMap<>();
    List<MemberInfo> members = new ArrayList<>();
    TreeSet<String> topics = new TreeSet<>();
    subscriptions.forEach(
        (memberId, subscription) -> {
          assignment.put(memberId, new ArrayList<>());
          members.add(new MemberInfo(memberId, subscription.groupInstanceId()));
          topics.addAll(subscription.topics());
        });
    members.sort(null);
    int turn = 0;
    for (String topic : topics) {
      for (int partition = 0; partition < partitionsPerTopic.getOrDefault(topic, 0); partition++) {
        // Somebody subscribed to each of these topics, so this ends.
        while (!wants(subscriptions, members.get(turn % members.size()), topic)) {
          turn++;
        }
        assignment
            .getOrDefault(members.get(turn % members.size()).memberId, new ArrayList<>())
            .add(new TopicPartition(topic, partition));
        turn++;
      }
    }
    return assignment;
  }

  private static boolean wants(
      Map<String, Subscription> subscriptions, MemberInfo member, String topic) {
    Subscription subscription = subscriptions.get(member.memberId);
    return subscription != null && subscription.topics().contains(topic);
  }
}

package io.millstream.group;

import io.millstream.clients.consumer.ConsumerPartitionAssignor;
import io.millstream.clients.consumer.ConsumerPartitionAssignor.GroupAssignment;
import io.millstream.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import io.millstream.clients.consumer.ConsumerPartitionAssignor.Subscription;
import io.millstream.common.Cluster;
import io.millstream.protocol.JoinGroupResponse;
import io.millstream.protocol.SyncGroupRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the leader of one generation knows of the others, and how it divides the partitions.
 *
 * @param subscriptions by member id, in the order of the ids
 */
record Leadership(Map<String, Subscription> subscriptions) {

  /**
   * Reads the answer to JoinGroup that makes this member the leader.
   *
   * @throws io.millstream.wire.MalformedFrameException if a member's subscription cannot be read
   */
  static Leadership of(JoinGroupResponse response) {
    List<JoinGroupResponse.JoinGroupResponseMember> members = new ArrayList<>(response.members());
    members.sort((left, right) -> left.memberId().compareTo(right.memberId()));
    Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    for (JoinGroupResponse.JoinGroupResponseMember member : members) {
      Subscription subscription = ConsumerProtocol.readSubscription(member.metadata());
      subscription.setGroupInstanceId(Optional.ofNullable(member.groupInstanceId()));
      subscriptions.put(member.memberId(), subscription);
    }
    return new Leadership(subscriptions);
  }

  /** Returns all topics that any member wants. */
  TreeSet<String> topics() {
    TreeSet<String> topics = new TreeSet<>();
    subscriptions.values().forEach(subscription -> topics.addAll(subscription.topics()));
    return topics;
  }

  /** Divides the partitions; runs on the polling thread, since an assignor may be the user's. */
  List<SyncGroupRequest.SyncGroupRequestAssignment> assign(
      ConsumerPartitionAssignor assignor, Cluster cluster) {
    GroupAssignment result = assignor.assign(cluster, new GroupSubscription(subscriptions));
    List<SyncGroupRequest.SyncGroupRequestAssignment> assignments = new ArrayList<>();
    for (String memberId : subscriptions.keySet()) {
      ConsumerPartitionAssignor.Assignment assignment = result.groupAssignment().get(memberId);
      if (assignment != null) {
        assignments.add(
            new SyncGroupRequest.SyncGroupRequestAssignment(
                memberId, ConsumerProtocol.write(assignment)));
      }
    }
    return assignments;
  }
}

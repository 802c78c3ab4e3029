package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The groups of a cluster. They outlive the broker that coordinates them. */
final class Groups {

  private static final int NO_COORDINATOR = -1;

  private final ClusterState cluster;
  private final Map<String, Group> byId = new LinkedHashMap<>();
  private final Map<String, Integer> coordinators = new LinkedHashMap<>();

  Groups(ClusterState cluster) {
    this.cluster = cluster;
  }

  /** Checks that a request of a group is at its coordinator. */
  ErrorCode check(String groupId, FakeBroker broker) {
    if (groupId.isEmpty()) {
      return ErrorCode.INVALID_GROUP_ID;
    }
    return cluster.coordinator(groupId) == broker ? ErrorCode.NONE : ErrorCode.NOT_COORDINATOR;
  }

  @Nullable Group find(String groupId) {
    return byId.get(groupId);
  }

  Group findOrCreate(String groupId) {
    return byId.computeIfAbsent(
        groupId,
        id -> {
          coordinators.put(id, coordinatorId(id));
          return new Group(cluster, id);
        });
  }

  private int coordinatorId(String groupId) {
    FakeBroker coordinator = cluster.coordinator(groupId);
    return coordinator == null ? NO_COORDINATOR : coordinator.id();
  }

  /** Drops what groups have committed of a topic that is deleted. */
  void forget(String topic) {
    for (Group group : byId.values()) {
      group.offsets().keySet().removeIf(partition -> partition.topic().equals(topic));
    }
  }

  /** Has groups go on at another broker, after brokers were started or stopped. */
  void moveCoordinators() {
    byId.forEach(
        (id, group) -> {
          int next = coordinatorId(id);
          Integer before = coordinators.put(id, next);
          if (before == null || before != next) {
            group.coordinatorMoved();
          }
        });
  }
}

package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The groups of a cluster. They outlive the broker that coordinates them. */
final class Groups {

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
    coordinators.put(groupId, broker.id());
    return cluster.coordinator(groupId) == broker ? ErrorCode.NONE : ErrorCode.NOT_COORDINATOR;
  }

  @Nullable Group find(String groupId) {
    return byId.get(groupId);
  }

  Group findOrCreate(String groupId) {
    return byId.computeIfAbsent(groupId, id -> new Group(cluster, id));
  }

  /** Has the groups of a broker that stopped go on elsewhere. */
  void coordinatorLost(int brokerId) {
    byId.forEach(
        (id, group) -> {
          if (coordinators.getOrDefault(id, -1) == brokerId) {
            group.coordinatorLost();
          }
        });
  }
}

package io.millstream.cluster;

import java.util.List;

/**
 * One partition as the client knows it.
 *
 * @param partition its number
 * @param leaderId node id of the leader, {@link #NO_LEADER} if there is none
 * @param leaderEpoch how often the leader has changed, {@link #NO_EPOCH} if unknown
 * @param replicas node ids of all replicas, the preferred leader first
 * @param inSyncReplicas node ids of those that are in sync
 * @param offlineReplicas node ids of those that are not there
 * @param doubts how many answers in a row told of an older leader epoch
 */
public record PartitionView(
    int partition,
    int leaderId,
    int leaderEpoch,
    List<Integer> replicas,
    List<Integer> inSyncReplicas,
    List<Integer> offlineReplicas,
    int doubts) {

  /** Stands for no leader. */
  public static final int NO_LEADER = -1;

  /** Stands for an unknown leader epoch. */
  public static final int NO_EPOCH = -1;

  /** Copies the lists. */
  public PartitionView {
    replicas = List.copyOf(replicas);
    inSyncReplicas = List.copyOf(inSyncReplicas);
    offlineReplicas = List.copyOf(offlineReplicas);
  }

  /** Says whether there is a leader. */
  public boolean hasLeader() {
    return leaderId >= 0;
  }

  PartitionView withLeader(int newLeaderId, int newLeaderEpoch) {
    return new PartitionView(
        partition, newLeaderId, newLeaderEpoch, replicas, inSyncReplicas, offlineReplicas, 0);
  }

  PartitionView doubted() {
    return new PartitionView(
        partition, leaderId, leaderEpoch, replicas, inSyncReplicas, offlineReplicas, doubts + 1);
  }
}

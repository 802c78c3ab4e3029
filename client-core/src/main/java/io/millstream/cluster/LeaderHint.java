package io.millstream.cluster;

import io.millstream.common.TopicPartition;
import io.millstream.network.BrokerAddress;
import java.util.List;

/**
 * What a broker says of a partition's new leader when it refuses a request (KIP-951).
 *
 * @param partition the partition
 * @param leader who leads it now
 * @param leaderEpoch since which leader epoch
 */
public record LeaderHint(TopicPartition partition, BrokerAddress leader, int leaderEpoch) {

  /** Says as a sentence what changes; there is at least one. */
  static String text(List<LeaderHint> hints) {
    LeaderHint first = hints.get(0);
    return "the leader of %s is now %s (leader epoch %d)%s"
        .formatted(
            first.partition,
            first.leader,
            first.leaderEpoch,
            hints.size() == 1 ? "" : "; " + (hints.size() - 1) + " more partitions have moved");
  }
}

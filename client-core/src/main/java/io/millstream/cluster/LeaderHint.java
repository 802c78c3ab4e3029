package io.millstream.cluster;

import io.millstream.common.TopicPartition;
import io.millstream.network.BrokerAddress;

/**
 * What a broker says of a partition's new leader when it refuses a request (KIP-951).
 *
 * @param partition the partition
 * @param leader who leads it now
 * @param leaderEpoch since which leader epoch
 */
public record LeaderHint(TopicPartition partition, BrokerAddress leader, int leaderEpoch) {}

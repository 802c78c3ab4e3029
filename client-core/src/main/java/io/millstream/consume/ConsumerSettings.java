package io.millstream.consume;

import io.millstream.clients.consumer.ConsumerConfig;
import io.millstream.clients.consumer.ConsumerPartitionAssignor;
import io.millstream.cluster.MetadataSettings;
import io.millstream.fetch.FetchSettings;
import io.millstream.group.AutoCommit;
import io.millstream.group.GroupSettings;
import io.millstream.network.NetworkSettings;
import io.millstream.settings.ParsedSettings;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer's configuration says, concern by concern.
 *
 * @param network how to connect
 * @param metadata how to keep up with the cluster
 * @param fetch what to fetch
 * @param maxPollRecords {@code max.poll.records}
 * @param callNanos how long a call may take that is given no time; {@code default.api.timeout.ms}
 * @param group null where there is no {@code group.id}
 */
public record ConsumerSettings(
    NetworkSettings network,
    MetadataSettings metadata,
    FetchSettings fetch,
    int maxPollRecords,
    long callNanos,
    @Nullable Group group) {

  /**
   * What it says about the group.
   *
   * @param settings of the membership
   * @param assignors {@code partition.assignment.strategy}
   * @param autoCommit whether and when to commit without being asked
   */
  public record Group(
      GroupSettings settings,
      List<ConsumerPartitionAssignor> assignors,
      AutoCommit.Settings autoCommit) {}

  /**
   * Returns what the configuration says.
   *
   * @param settings all of them
   * @param random where the jitter of pauses comes from
   */
  public static ConsumerSettings from(ParsedSettings settings, RandomGenerator random) {
    Group group = null;
    if (settings.optionalText(ConsumerConfig.GROUP_ID_CONFIG) != null) {
      group =
          new Group(
              GroupSettings.from(settings, random),
              settings.plugins(
                  ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                  ConsumerPartitionAssignor.class),
              AutoCommit.Settings.from(settings));
    }
    return new ConsumerSettings(
        NetworkSettings.from(settings),
        MetadataSettings.from(settings),
        FetchSettings.from(settings),
        settings.integer(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
        settings.nanos(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG),
        group);
  }
}

package io.millstream.group;

import io.millstream.clients.consumer.ConsumerConfig;
import io.millstream.network.Backoff;
import io.millstream.settings.ParsedSettings;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import java.util.random.RandomGenerator;

/**
 * What a consumer's configuration says about its group.
 *
 * @param identity which group, and as whom
 * @param sessionTimeoutMillis after this time without a heartbeat the coordinator removes the
 *     member; {@code session.timeout.ms}
 * @param maxPollIntervalMillis longest time between two polls, and what the others wait for this
 *     member in a rebalance; {@code max.poll.interval.ms}
 * @param heartbeatIntervalNanos time from one heartbeat to the next
 * @param requestTimeoutNanos how long an answer is awaited that the broker does not hold back
 * @param backOffNanos how long to wait before attempt 1, 2, … after a failed one
 */
public record GroupSettings(
    GroupIdentity identity,
    int sessionTimeoutMillis,
    int maxPollIntervalMillis,
    long heartbeatIntervalNanos,
    long requestTimeoutNanos,
    IntToLongFunction backOffNanos) {

  /** What a broker may need longer than the slowest member to answer JoinGroup and SyncGroup. */
  private static final long PARKED_REQUEST_GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int MOST_REASON_CHARACTERS = 255;

  /**
   * Takes from a consumer's settings what concerns its group.
   *
   * @param settings of a consumer with a {@code group.id}
   * @param random where the jitter of back-offs comes from; asked on the loop only
   */
  public static GroupSettings from(ParsedSettings settings, RandomGenerator random) {
    Backoff backoff =
        new Backoff(
            settings.nanos(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG),
            settings.nanos(ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG));
    return new GroupSettings(
        GroupIdentity.from(settings),
        settings.integer(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        settings.integer(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
        settings.nanos(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        settings.nanos(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG),
        attempt -> backoff.nanos(attempt, random));
  }

  /** Cuts a reason to what a coordinator takes (KIP-800). */
  static String reason(String why) {
    return why.length() <= MOST_REASON_CHARACTERS ? why : why.substring(0, MOST_REASON_CHARACTERS);
  }

  long sessionTimeoutNanos() {
    return TimeUnit.MILLISECONDS.toNanos(sessionTimeoutMillis);
  }

  long maxPollIntervalNanos() {
    return TimeUnit.MILLISECONDS.toNanos(maxPollIntervalMillis);
  }

  /** Returns how long a request is awaited that the coordinator parks for the other members. */
  long parkedRequestTimeoutNanos() {
    return Math.max(requestTimeoutNanos, maxPollIntervalNanos() + PARKED_REQUEST_GRACE_NANOS);
  }
}

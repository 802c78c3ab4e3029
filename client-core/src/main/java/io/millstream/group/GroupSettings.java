package io.millstream.group;

import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;

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

package io.millstream.testing.fake;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How much time brokers take.
 *
 * @param mostProcessingNanos for one request
 * @param mostReplicationNanos until the followers have a batch
 * @param mostMetadataLagNanos until each broker knows what has changed in the cluster
 * @param initialRebalanceNanos {@code group.initial.rebalance.delay.ms}
 */
record Timing(
    long mostProcessingNanos,
    long mostReplicationNanos,
    long mostMetadataLagNanos,
    long initialRebalanceNanos) {

  /** No time at all, for tests of applications. */
  static final Timing AT_ONCE = new Timing(0, 0, 0, 0);

  /** Some time, different for each request, for simulations. */
  static final Timing VARYING =
      new Timing(
          Duration.ofMillis(2).toNanos(),
          Duration.ofMillis(10).toNanos(),
          Duration.ofMillis(200).toNanos(),
          0);

  long processingNanos(RandomGenerator random) {
    return upTo(mostProcessingNanos, random);
  }

  long replicationNanos(RandomGenerator random) {
    return upTo(mostReplicationNanos, random);
  }

  long metadataLagNanos(RandomGenerator random) {
    return upTo(mostMetadataLagNanos, random);
  }

  private static long upTo(long mostNanos, RandomGenerator random) {
    return mostNanos == 0 ? 0 : random.nextLong(mostNanos);
  }
}

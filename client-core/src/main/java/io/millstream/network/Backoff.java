package io.millstream.network;

import java.util.random.RandomGenerator;

/**
 * Durations that double from one attempt to the next, up to a limit, each with a jitter of 20
 * percent up or down (KIP-580).
 *
 * @param initialNanos the first duration; 0 means no waiting at all
 * @param maxNanos the limit, before the jitter
 */
public record Backoff(long initialNanos, long maxNanos) {

  private static final double JITTER = 0.2;

  /** Raises the limit to the first duration where it is below. */
  public Backoff {
    maxNanos = Math.max(initialNanos, maxNanos);
  }

  /**
   * Returns a duration.
   *
   * @param attempt 1 for the first
   * @param random where the jitter comes from
   */
  public long nanos(int attempt, RandomGenerator random) {
    double factor = Math.pow(2, Math.max(0, attempt - 1));
    double bounded = Math.min(initialNanos * factor, (double) maxNanos);
    return (long) (bounded * (1 - JITTER + 2 * JITTER * random.nextDouble()));
  }
}

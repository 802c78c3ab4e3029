package io.millstream.cluster;

import io.millstream.clients.CommonClientConfigs;
import io.millstream.network.Backoff;
import io.millstream.settings.ParsedSettings;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How a request is tried again.
 *
 * @param backoff {@code retry.backoff.ms} and {@code retry.backoff.max.ms}
 * @param attemptNanos {@code request.timeout.ms}: how long one attempt may take
 */
public record RetryPolicy(Backoff backoff, long attemptNanos) {

  /**
   * Takes it from a client's settings.
   *
   * @param settings of any kind of client
   */
  public static RetryPolicy from(ParsedSettings settings) {
    return new RetryPolicy(
        new Backoff(
            settings.nanos(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG),
            settings.nanos(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG)),
        settings.nanos(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG));
  }

  /** Returns Kafka's defaults. */
  public static RetryPolicy defaults() {
    return new RetryPolicy(
        new Backoff(TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(1)),
        TimeUnit.SECONDS.toNanos(30));
  }

  /**
   * Returns how long to wait before the next attempt, with a jitter.
   *
   * @param failures how many attempts have failed in a row, at least 1
   * @param random where the jitter comes from
   */
  public long backoffNanos(int failures, RandomGenerator random) {
    return backoff.nanos(failures, random);
  }
}

package io.millstream.produce;

import java.util.concurrent.TimeUnit;

/**
 * How long an open batch waits for more records.
 *
 * @param mostNanos {@code linger.ms}
 * @param adaptive whether it waits for less than that where there is little traffic, which is so if
 *     {@code linger.ms} is not given: a batch leaves at once for a broker that has answered all and
 *     was left alone for a moment
 */
public record Linger(long mostNanos, boolean adaptive) {

  /**
   * How soon after another request one may leave, by itself, for the same broker. So there are at
   * most five hundred a second and broker, each of which costs both sides about the same, however
   * few records it has.
   */
  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /**
   * Returns when an open batch leaves at the latest, as far as nothing else holds it back.
   *
   * @param sinceNanos when it was begun
   * @param lastLeftNanos when a request left for the same broker last, {@link Long#MAX_VALUE} if
   *     none did
   * @param busy whether the broker has not answered all requests
   */
  long dueNanos(long sinceNanos, long lastLeftNanos, boolean busy) {
    long latest = sinceNanos + mostNanos;
    if (!adaptive || busy) {
      return latest;
    }
    if (lastLeftNanos == Long.MAX_VALUE || lastLeftNanos + PACE_NANOS - sinceNanos <= 0) {
      return sinceNanos;
    }
    long paced = lastLeftNanos + PACE_NANOS;
    return paced - latest < 0 ? paced : latest;
  }

  /** Returns for how long a batch that is not half full has waited before it goes with others. */
  long leastNanosInCompany() {
    return mostNanos / 2;
  }
}

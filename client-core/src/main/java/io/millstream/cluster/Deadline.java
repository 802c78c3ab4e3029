package io.millstream.cluster;

import io.millstream.network.Clock;
import io.millstream.network.Gate;
import java.time.Duration;

/**
 * When to give up.
 *
 * @param nanos the moment on {@link Clock#nanoTime}, {@link Gate#NEVER} for never
 */
public record Deadline(long nanos) {

  /** Never gives up. */
  public static final Deadline NEVER = new Deadline(Gate.NEVER);

  // A hundred years; longer is never, and shorter cannot overflow.
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /**
   * Returns the moment some time from now.
   *
   * @param duration negative counts as zero, more than a hundred years as never
   * @param clock tells the present
   */
  public static Deadline after(Duration duration, Clock clock) {
    if (duration.compareTo(LONGEST) > 0) {
      return NEVER;
    }
    return duration.isNegative()
        ? new Deadline(clock.nanoTime())
        : new Deadline(clock.nanoTime() + duration.toNanos());
  }

  /**
   * Returns the moment some time from now.
   *
   * @param durationNanos negative counts as zero
   * @param clock tells the present
   */
  public static Deadline after(long durationNanos, Clock clock) {
    return after(Duration.ofNanos(durationNanos), clock);
  }

  /** Returns how long is left; zero or negative when it is over. */
  public long remainingNanos(long nowNanos) {
    return nanos == Gate.NEVER ? Long.MAX_VALUE : nanos - nowNanos;
  }

  /** Says whether it is over. */
  public boolean over(long nowNanos) {
    return remainingNanos(nowNanos) <= 0;
  }

  /** Returns the one that comes first. */
  public Deadline earlier(Deadline other) {
    if (nanos == Gate.NEVER) {
      return other;
    }
    return other.nanos == Gate.NEVER || nanos - other.nanos <= 0 ? this : other;
  }
}

package io.millstream.group;

/**
 * When the consumer was last polled. The holder of the poll permit writes, the event loop reads;
 * costs one volatile write per call.
 */
public final class PollActivity {

  private static final long INSIDE = Long.MIN_VALUE;

  /** When the last poll returned, or {@link #INSIDE}. */
  private volatile long leftNanos;

  /**
   * Creates the record of a consumer that was not polled yet.
   *
   * @param nowNanos the time of the loop; the first interval begins here
   */
  public PollActivity(long nowNanos) {
    this.leftNanos = nowNanos;
  }

  /** A poll has begun. */
  public void entered() {
    leftNanos = INSIDE;
  }

  /**
   * A poll returns or throws.
   *
   * @param nowNanos the time of the client's clock
   */
  public void left(long nowNanos) {
    leftNanos = nowNanos;
  }

  /** Returns for how long nobody has polled; 0 within a poll. */
  long idleNanos(long nowNanos) {
    long left = leftNanos;
    return left == INSIDE ? 0 : Math.max(0, nowNanos - left);
  }
}

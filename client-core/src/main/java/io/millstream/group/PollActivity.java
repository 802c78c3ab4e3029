package io.millstream.group;

/**
 * Since when the application has been at its own work: between two polls, or in a listener or
 * deserializer that a poll calls. The holder of the poll permit writes, the event loop reads.
 */
public final class PollActivity {

  private static final long WAITING = Long.MIN_VALUE;

  /** When the application was given control, or {@link #WAITING}. */
  private volatile long sinceNanos;

  /**
   * Creates the record of a consumer that was not polled yet.
   *
   * @param nowNanos the time of the loop; the first interval begins here
   */
  public PollActivity(long nowNanos) {
    this.sinceNanos = nowNanos;
  }

  /** A poll waits for something to come. */
  public void waiting() {
    sinceNanos = WAITING;
  }

  /**
   * A poll has begun, returns or throws, or has waited and looks at what has come.
   *
   * @param nowNanos the time of the client's clock
   */
  public void working(long nowNanos) {
    sinceNanos = nowNanos;
  }

  /** Returns for how long no poll has begun, returned or waited; 0 while one waits. */
  long idleNanos(long nowNanos) {
    long since = sinceNanos;
    return since == WAITING ? 0 : Math.max(0, nowNanos - since);
  }
}

package io.millstream.network;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Warnings about a state that lasts, held back while they only repeat: the first is logged at once,
 * then one per interval with the number of those in between. For one thread at a time.
 */
public final class RepeatedLog {

  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Clock clock;
  private final Logger logger;
  private long lastNanos;
  private boolean logged;
  private int heldBack;

  /**
   * Creates a log that has not said anything yet.
   *
   * @param clock tells when the interval is over
   * @param logger where to
   */
  public RepeatedLog(Clock clock, Logger logger) {
    this.clock = clock;
    this.logger = logger;
  }

  /**
   * Warns, or counts where it is too early.
   *
   * @param message a whole sentence
   */
  public void warn(String message) {
    long now = clock.nanoTime();
    if (logged && now - lastNanos < INTERVAL_NANOS) {
      heldBack++;
      return;
    }
    if (heldBack > 0) {
      logger.warn("{} ({} more like this since the last time)", message, heldBack);
    } else {
      logger.warn("{}", message);
    }
    logged = true;
    lastNanos = now;
    heldBack = 0;
  }

  /** The state is over: the next warning is logged at once. */
  public void reset() {
    logged = false;
    heldBack = 0;
  }
}

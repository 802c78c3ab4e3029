package io.millstream.network;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Warnings about a state that lasts, held back while they only repeat: the first is logged at once,
 * then one per interval with the number of those in between. A state that comes and goes is told of
 * a few times per interval. For one thread at a time.
 */
public final class RepeatedLog {

  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int MOST_RETURNS_PER_INTERVAL = 2;

  private final Clock clock;
  private final Logger logger;
  private long lastNanos;
  private boolean logged;
  private boolean over;
  private boolean hidden;
  private int returns;
  private long firstReturnNanos;
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
    say(Level.WARN, message, null);
  }

  /**
   * Informs of a state that is nothing to worry about, or counts where it is too early.
   *
   * @param message a whole sentence
   */
  public void info(String message) {
    say(Level.INFO, message, null);
  }

  /**
   * Tells of an error, or counts where it is too early.
   *
   * @param message a whole sentence
   * @param cause logged with its stack trace
   */
  public void error(String message, Throwable cause) {
    say(Level.ERROR, message, cause);
  }

  private void say(Level level, String message, @Nullable Throwable cause) {
    long now = clock.nanoTime();
    if (logged && now - lastNanos < INTERVAL_NANOS && !mayTellOfReturn(now)) {
      heldBack++;
      hidden |= over;
      over = false;
      return;
    }
    LoggingEventBuilder line = logger.atLevel(level);
    if (cause != null) {
      line = line.setCause(cause);
    }
    if (heldBack > 0) {
      line.log("{} ({} more like this since the last time)", message, heldBack);
    } else {
      line.log("{}", message);
    }
    logged = true;
    over = false;
    hidden = false;
    lastNanos = now;
    heldBack = 0;
  }

  private boolean mayTellOfReturn(long now) {
    if (!over) {
      return false;
    }
    if (returns == 0 || now - firstReturnNanos >= INTERVAL_NANOS) {
      returns = 0;
      firstReturnNanos = now;
    }
    return ++returns <= MOST_RETURNS_PER_INTERVAL;
  }

  /** The state is over: the next warning is logged at once, unless it comes and goes often. */
  public void reset() {
    over = true;
  }

  /**
   * The state is over, as {@link #reset}. This is said unless all was held back that was to be said
   * of the state.
   *
   * @param message a whole sentence
   */
  public void over(String message) {
    if (hidden) {
      logger.debug("{}", message);
    } else {
      logger.info("{}", message);
    }
    hidden = false;
    over = true;
  }
}

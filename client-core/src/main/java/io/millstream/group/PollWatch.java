package io.millstream.group;

import io.millstream.network.EventLoop;
import io.millstream.network.Timer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that the consumer is polled often enough. Warns in time, and once the interval has passed
 * tells the member, which then leaves. Owned by the event loop.
 */
final class PollWatch {

  private static final Logger LOG = LoggerFactory.getLogger(PollWatch.class);

  private final EventLoop loop;
  private final PollActivity activity;
  private final GroupSettings settings;
  private final Runnable missed;
  private @Nullable Timer timer;
  private boolean warned;

  PollWatch(EventLoop loop, PollActivity activity, GroupSettings settings, Runnable missed) {
    this.loop = loop;
    this.activity = activity;
    this.settings = settings;
    this.missed = missed;
  }

  /** Begins to watch, or goes on. */
  void start() {
    if (timer == null) {
      warned = false;
      look();
    }
  }

  void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void look() {
    long intervalNanos = settings.maxPollIntervalNanos();
    long warningNanos = intervalNanos - intervalNanos / 4;
    long idleNanos = activity.idleNanos(loop.nanoTime());
    if (idleNanos >= intervalNanos) {
      timer = null;
      LOG.warn(
          "{}: no poll for {} s, or one that did not come back from a listener or deserializer,"
              + " which is more than max.poll.interval.ms = {}: the member leaves the group. Raise"
              + " the setting, lower max.poll.records, or do long work on another thread",
          settings.identity().logName(),
          TimeUnit.NANOSECONDS.toSeconds(idleNanos),
          settings.maxPollIntervalMillis());
      missed.run();
      return;
    }
    if (idleNanos < warningNanos) {
      warned = false;
    } else if (!warned) {
      warned = true;
      LOG.warn(
          "{}: no poll for {} s; the member leaves the group {} s after the last poll"
              + " (max.poll.interval.ms = {})",
          settings.identity().logName(),
          TimeUnit.NANOSECONDS.toSeconds(idleNanos),
          TimeUnit.NANOSECONDS.toSeconds(intervalNanos),
          settings.maxPollIntervalMillis());
    }
    long dueNanos = (warned ? intervalNanos : warningNanos) - idleNanos;
    timer = loop.schedule(dueNanos, this::look);
  }
}

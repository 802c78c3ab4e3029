package io.millstream.consume;

import io.millstream.common.errors.InterruptException;
import io.millstream.network.EventLoop;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a consumer, in stages that share one deadline. An interrupt shortens what is left and
 * skips nothing. Used by the thread that closes.
 */
final class Closing {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);
  private static final long HURRIED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final CallerWait waits;
  private final EventLoop loop;
  private final PollPermit permit;
  private long deadlineNanos;
  private @Nullable InterruptException interrupt;
  private final Failures failures = new Failures();

  /** What the loop does. */
  interface Stage {
    void run(long deadlineNanos, Runnable done);
  }

  Closing(CallerWait waits, PollPermit permit, Duration timeout) {
    this.waits = waits;
    this.loop = waits.loop();
    this.permit = permit;
    this.deadlineNanos = waits.deadlineNanos(timeout);
    waits.noLaterThan(deadlineNanos);
  }

  /**
   * Closes.
   *
   * @param leave what is done with the poll permit; what it throws is thrown in the end
   * @param finish what is done with the poll permit when the loop has ended, as far as it has in
   *     time; what it throws is thrown in the end, unless there is something already
   */
  void run(Consumer<Closing> leave, Runnable finish) {
    boolean within = permit.isHeldHere();
    // Not only where it comes to a wait, which it may or may not.
    patiently(() -> CallerWait.throwIfInterrupted("close"));
    boolean permitted = takePermit();
    waits.forgetWakeup();
    if (permitted) {
      part(() -> leave.accept(this));
    } else {
      LOG.warn(
          "{}: another thread uses the consumer and does not end in time: the group is not left, and"
              + " nothing is committed",
          loop.name());
    }
    loop.shutdown();
    patiently(this::awaitEnd);
    if (permitted) {
      part(finish);
      if (!within) {
        permit.giveBack();
      }
    }
    if (interrupt != null) {
      throw new InterruptException("close was interrupted, and hurried to its end");
    }
    failures.throwFirst();
  }

  /** Does a part of closing; what it throws is thrown when everything is closed. */
  void part(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException | Error e) {
      // A listener's, or a callback's.
      failures.add(e);
    }
  }

  private void awaitEnd() {
    try {
      if (!loop.awaitEnd(deadlineNanos)) {
        LOG.warn("{}: the event loop does not end in time", loop.name());
      }
    } catch (InterruptedException e) {
      throw new InterruptException("close was interrupted while it waited", e);
    }
  }

  private boolean takePermit() {
    boolean[] taken = {false};
    patiently(() -> taken[0] = permit.takeToClose(deadlineNanos));
    return taken[0];
  }

  /** Has the loop do something, and waits until it is done or the time is over. */
  void stage(Stage stage) {
    Answer<Boolean> done = new Answer<>(waits.gate());
    long stageDeadlineNanos = deadlineNanos;
    try {
      loop.execute(() -> stage.run(stageDeadlineNanos, () -> done.complete(true)));
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: the event loop has ended already", loop.name(), e);
      return;
    }
    patiently(() -> waits.awaitUnwoken("close", done::isDone, deadlineNanos));
  }

  /** Waits again after an interrupt, but not for long. */
  private void patiently(Runnable wait) {
    while (true) {
      try {
        wait.run();
        return;
      } catch (InterruptException e) {
        interrupt = e;
        // Set again in the end, by the exception that is thrown.
        boolean cleared = Thread.interrupted();
        LOG.debug("{}: hurries to close, interrupted: {}", loop.name(), cleared);
        long hurriedNanos = loop.nanoTime() + HURRIED_NANOS;
        if (hurriedNanos - deadlineNanos < 0) {
          deadlineNanos = hurriedNanos;
          waits.noLaterThan(deadlineNanos);
        }
      }
    }
  }
}

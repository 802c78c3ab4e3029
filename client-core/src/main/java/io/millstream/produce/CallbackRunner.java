package io.millstream.produce;

import io.millstream.clients.producer.Callback;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.network.Clock;
import io.millstream.network.Durations;
import io.millstream.network.RepeatedLog;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the callbacks of users. What they throw is logged and goes no further; a slow one is named,
 * since all sending waits for it. Only the first error of the virtual machine goes on to the loop,
 * which dies of it. Owned by the event loop.
 */
final class CallbackRunner {

  private static final Logger LOG = LoggerFactory.getLogger(CallbackRunner.class);
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Clock clock;
  private final RepeatedLog slowness;
  private final RepeatedLog failures;
  private boolean dying;

  CallbackRunner(Clock clock) {
    this.clock = clock;
    this.slowness = new RepeatedLog(clock, LOG);
    this.failures = new RepeatedLog(clock, LOG);
  }

  /** From here on no error goes on: the loop dies of another one, and tells all who wait. */
  void loopDies() {
    dying = true;
  }

  void run(Callback callback, RecordMetadata metadata, @Nullable Exception exception) {
    long begin = clock.nanoTime();
    try {
      callback.onCompletion(metadata, exception);
    } catch (Throwable e) {
      boolean fatalToLoop = !(e instanceof StackOverflowError);
      if (e instanceof VirtualMachineError fatal && fatalToLoop && !dying) {
        // It ends the loop, which then tells all others.
        dying = true;
        throw fatal;
      }
      failures.error(
          "The callback %s failed for a record of %s-%d; sending goes on"
              .formatted(callback.getClass().getName(), metadata.topic(), metadata.partition()),
          e);
    }
    long taken = clock.nanoTime() - begin;
    if (taken > SLOW_NANOS) {
      slowness.warn(
          "The callback %s took %s; all sending of this producer waits for its callbacks"
              .formatted(callback.getClass().getName(), Durations.text(taken)));
    }
  }
}

package io.millstream.produce;

import io.millstream.clients.producer.Callback;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.network.Clock;
import io.millstream.network.Durations;
import io.millstream.network.RepeatedLog;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the callbacks of users. What they throw is logged and goes no further; slow ones are named,
 * since all sending waits for them. Only the first error of the virtual machine goes on to the
 * loop, which dies of it. Owned by the event loop.
 */
final class CallbackRunner {

  private static final Logger LOG = LoggerFactory.getLogger(CallbackRunner.class);
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int MOST_CLASSES = 3;

  private final String clientId;
  private final Clock clock;
  private final SendMetrics metrics;
  private final RepeatedLog slowness;
  private final RepeatedLog failures;
  private final RepeatedLog interrupts;
  private boolean dying;

  CallbackRunner(String clientId, Clock clock, SendMetrics metrics) {
    this.metrics = metrics;
    this.clientId = clientId;
    this.clock = clock;
    this.slowness = new RepeatedLog(clock, LOG);
    this.failures = new RepeatedLog(clock, LOG);
    this.interrupts = new RepeatedLog(clock, LOG);
  }

  /** Returns what is counted of records that fail. */
  SendMetrics metrics() {
    return metrics;
  }

  /** From here on no error goes on: the loop dies of another one, and tells all who wait. */
  void loopDies() {
    dying = true;
  }

  /**
   * Calls the callbacks of records that have ended together, all of them also where one ends the
   * loop.
   *
   * @param ended how they have ended
   * @param callbacks by the index of the record; null for records without
   * @param count how many records there are
   */
  void run(Sending ended, @Nullable Callback[] callbacks, int count) {
    long begin = clock.nanoTime();
    Error fatal = null;
    for (int i = 0; i < count; i++) {
      Callback callback = callbacks[i];
      if (callback != null) {
        try {
          run(callback, ended.metadata(i), ended.exception(i));
        } catch (Error e) {
          fatal = e;
        }
      }
    }
    // Once for all: reading the clock for each would cost more than most callbacks do.
    long taken = clock.nanoTime() - begin;
    if (taken > SLOW_NANOS) {
      slowness.warn(
          "%s: the callbacks of %d records took %s, of %s; all sending waits for them"
              .formatted(clientId, count, Durations.text(taken), classes(callbacks)));
    }
    if (fatal != null) {
      throw fatal;
    }
  }

  private static String classes(@Nullable Callback[] callbacks) {
    return Arrays.stream(callbacks)
        .filter(Objects::nonNull)
        .map(InterceptorChain::nameOf)
        .distinct()
        .limit(MOST_CLASSES)
        .collect(Collectors.joining(", "));
  }

  private void run(Callback callback, RecordMetadata metadata, @Nullable Exception exception) {
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
          "%s: the callback %s failed for a record of %s-%d%s"
              .formatted(
                  clientId,
                  InterceptorChain.nameOf(callback),
                  metadata.topic(),
                  metadata.partition(),
                  dying ? "" : "; sending goes on"),
          e);
    }
    if (Thread.interrupted()) {
      // Else the next read or write would close its connection.
      interrupts.warn(
          "%s: the callback %s left its thread interrupted, which is the one that sends; that is ignored"
              .formatted(clientId, InterceptorChain.nameOf(callback)));
    }
  }
}

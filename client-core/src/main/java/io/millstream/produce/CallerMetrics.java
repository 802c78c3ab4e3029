package io.millstream.produce;

import io.millstream.clients.producer.BufferExhaustedException;
import io.millstream.metrics.ClientMetrics;
import io.millstream.metrics.Counter;
import io.millstream.metrics.MetricGroup;
import io.millstream.metrics.Named;
import io.millstream.metrics.SharedCounter;
import io.millstream.network.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a producer counts on the threads of its callers: only where they wait, or a record is not
 * taken. Any thread may use it.
 */
public final class CallerMetrics implements Named {

  private final Clock clock;
  private final Counter errors;
  private final BufferMemory memory;
  private final Map<CallerTime, LongAdder> nanos = new EnumMap<>(CallerTime.class);
  private final SharedCounter failed;
  private final SharedCounter exhausted;
  private final SharedCounter waitedNanos;

  /** Something that may wait. */
  public interface Wait {

    /**
     * Waits.
     *
     * @throws InterruptedException if the caller gets interrupted
     */
    void run() throws InterruptedException;
  }

  /**
   * Names what is counted.
   *
   * @param errors records that failed after they were taken, which are told together with others
   * @param memory what callers wait for
   */
  CallerMetrics(ClientMetrics client, Clock clock, Counter errors, BufferMemory memory) {
    this.clock = clock;
    this.errors = errors;
    this.memory = memory;
    failed = client.sharedCounter();
    exhausted = client.sharedCounter();
    waitedNanos = client.sharedCounter();
    for (CallerTime time : CallerTime.values()) {
      nanos.put(time, new LongAdder());
    }
    client.showOwn("", Map.of(), this);
  }

  @Override
  public void nameIn(MetricGroup group) {
    group.add(
        "record-error-rate", "Records that failed per second", () -> errors.rate() + failed.rate());
    group.add(
        "record-error-total", "Records that failed, in all", () -> errors.total() + failed.total());
    group.add("buffer-exhausted-rate", "Records without memory per second", exhausted::rate);
    group.add("buffer-exhausted-total", "Records without memory, in all", exhausted::total);
    group.add(
        "bufferpool-wait-ratio",
        "Share of time that callers waited for memory, summed up over them",
        () -> waitedNanos.rate() / 1e9);
    group.add(
        "bufferpool-wait-time-ns-total", "Time that callers waited for memory", waitedNanos::total);
    group.add("buffer-total-bytes", "Memory for records", () -> (double) memory.limitBytes());
    group.add(
        "buffer-available-bytes",
        "Memory for records that is free",
        () -> (double) Math.max(0, memory.limitBytes() - memory.takenBytes()));
    group.add(
        "waiting-threads", "Callers who wait for memory now", () -> (double) memory.waiters());
    nanos.forEach(
        (time, sum) ->
            group.add(
                time.metric(),
                "Time that callers waited in " + time.method(),
                () -> (double) sum.sum()));
  }

  /**
   * Counts how long something waits.
   *
   * @throws InterruptedException if the caller gets interrupted
   */
  public void during(CallerTime time, Wait wait) throws InterruptedException {
    long begin = clock.nanoTime();
    try {
      wait.run();
    } finally {
      Objects.requireNonNull(nanos.get(time)).add(clock.nanoTime() - begin);
    }
  }

  /** A caller has waited for memory since a moment. */
  void waitedSince(long nanoTime) {
    waitedNanos.add(clock.nanoTime() - nanoTime);
  }

  /** A record was not taken, and the caller did not ask for that to be tried only. */
  public void sendFailed(RuntimeException exception) {
    failed.add(1);
    refused(exception);
  }

  /** A record was not taken by {@code trySend}, which is no error of the record. */
  public void refused(RuntimeException exception) {
    if (exception instanceof BufferExhaustedException) {
      exhausted.add(1);
    }
  }
}

package io.millstream.faults;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that sends numbered records at a steady rate, and keeps the books on what became of each
 * one.
 */
final class NumberedWriter {

  /** Whose outcome a producer reports. */
  interface Told {
    void told(int number, int partition, Exception failure);
  }

  /** A producer, whoever made it. */
  interface Client extends AutoCloseable {
    void send(int number, int partition, byte[] value, Told told);

    @Override
    void close();
  }

  private static final Logger LOG = LoggerFactory.getLogger(NumberedWriter.class);
  private static final long WORTH_TELLING_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int VALUE_BYTES = 100;
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Client client;
  private final int partitions;
  private final int recordsPerStep;
  private final Thread thread = new Thread(this::run, "numbered-writer");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition acknowledgedMore = lock.newCondition();
  private final BitSet acknowledged = new BitSet();
  private final BitSet failed = new BitSet();
  private final int[] lastTold;
  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private volatile boolean stopped;
  private volatile int sent;
  private int count;
  private String disorder = "";
  private String firstFailure = "";
  private long lastAcknowledgedNanos = System.nanoTime();
  private long longestSilenceNanos;

  NumberedWriter(Client client, int partitions, int recordsPerSecond) {
    this.client = client;
    this.partitions = partitions;
    this.recordsPerStep =
        (int) Math.max(1, recordsPerSecond * STEP_NANOS / TimeUnit.SECONDS.toNanos(1));
    this.lastTold = new int[partitions];
    thread.start();
  }

  static int numberOf(byte[] value) {
    return ByteBuffer.wrap(value).getInt();
  }

  private void run() {
    try {
      long next = System.nanoTime();
      while (!stopped) {
        for (int i = 0; i < recordsPerStep; i++) {
          int number = sent;
          byte[] value = ByteBuffer.allocate(VALUE_BYTES).putInt(number).array();
          sent = number + 1;
          client.send(number, number % partitions, value, this::told);
        }
        next += STEP_NANOS;
        long behind = System.nanoTime() - next;
        if (behind < 0) {
          LockSupport.parkNanos(-behind);
        } else if (behind > TimeUnit.SECONDS.toNanos(1)) {
          // A full buffer held the thread: it goes on at its rate and does not catch up.
          next = System.nanoTime();
        }
      }
    } catch (RuntimeException | Error e) {
      broken.set(e);
    }
  }

  private void told(int number, int partition, Exception failure) {
    lock.lock();
    try {
      if (acknowledged.get(number) || failed.get(number)) {
        disorder += number + " was told twice; ";
      }
      if (failure != null) {
        failed.set(number);
        if (firstFailure.isEmpty()) {
          firstFailure = number + ": " + failure;
        }
        return;
      }
      // Numbers are kept plus one, 0 for none.
      if (lastTold[partition] > number + 1) {
        disorder += number + " was told after " + (lastTold[partition] - 1) + "; ";
      }
      lastTold[partition] = number + 1;
      acknowledged.set(number);
      count++;
      long now = System.nanoTime();
      long silenceNanos = now - lastAcknowledgedNanos;
      longestSilenceNanos = Math.max(longestSilenceNanos, silenceNanos);
      if (silenceNanos > WORTH_TELLING_NANOS) {
        LOG.info("A silence of {} ms is over", TimeUnit.NANOSECONDS.toMillis(silenceNanos));
      }
      lastAcknowledgedNanos = now;
      acknowledgedMore.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until so many more records are acknowledged. */
  void awaitAcknowledged(int more, long limitSeconds) throws InterruptedException {
    lock.lock();
    try {
      int goal = count + more;
      long left = TimeUnit.SECONDS.toNanos(limitSeconds);
      while (count < goal) {
        if (left <= 0 || broken.get() != null) {
          throw new AssertionError(
              "%d of %d records were acknowledged within %d s, %d failed (%s)"
                  .formatted(
                      more - (goal - count),
                      more,
                      limitSeconds,
                      failed.cardinality(),
                      firstFailure),
              broken.get());
        }
        left = acknowledgedMore.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends no more, and closes the producer in order. */
  void finish() throws InterruptedException {
    stopped = true;
    thread.join(TimeUnit.SECONDS.toMillis(90));
    if (thread.isAlive()) {
      throw new AssertionError("send() does not return");
    }
    client.close();
    if (broken.get() != null) {
      throw new AssertionError("send() failed", broken.get());
    }
  }

  int sent() {
    return sent;
  }

  /** After {@link #finish}. */
  BitSet acknowledged() {
    return acknowledged;
  }

  /** After {@link #finish}. */
  BitSet failed() {
    return failed;
  }

  String firstFailure() {
    return firstFailure;
  }

  /** What was told out of order or twice; empty if nothing. */
  String disorder() {
    return disorder;
  }

  long longestSilenceMillis() {
    return TimeUnit.NANOSECONDS.toMillis(longestSilenceNanos);
  }
}

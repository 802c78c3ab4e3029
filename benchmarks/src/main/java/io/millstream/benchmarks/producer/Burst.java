package io.millstream.benchmarks.producer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends as many records as go through, on one or several threads that stay. */
final class Burst implements AutoCloseable {

  /** Short, so that the compiler sees a method that is called often. */
  private static final int STRETCH = 10_000;

  private static final int KEY_BYTES = 8;

  /** Spreads numbers over all keys. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final ProducerUnderTest producer;
  private final Values values;
  private final Workload workload;
  private final ExecutorService senders;

  Burst(ProducerUnderTest producer, Values values, Workload workload) {
    this.producer = producer;
    this.values = values;
    this.workload = workload;
    this.senders = Executors.newFixedThreadPool(workload.threads());
  }

  /** Sends records and waits until all are acknowledged. */
  void send(long records) throws InterruptedException {
    List<Future<?>> parts = new ArrayList<>();
    for (int i = 0; i < workload.threads(); i++) {
      long begin = records * i / workload.threads();
      long end = records * (i + 1) / workload.threads();
      parts.add(senders.submit(() -> sendPart(begin, end)));
    }
    for (Future<?> part : parts) {
      try {
        part.get();
      } catch (ExecutionException failed) {
        throw new IllegalStateException(failed.getCause());
      }
    }
    producer.flush();
  }

  private void sendPart(long begin, long end) {
    for (long from = begin; from < end; from += STRETCH) {
      if (workload.keyed()) {
        sendKeyed(from, Math.min(end, from + STRETCH));
      } else {
        sendUnkeyed(from, Math.min(end, from + STRETCH));
      }
    }
  }

  private void sendUnkeyed(long from, long to) {
    for (long i = from; i < to; i++) {
      producer.send(null, values.get(i));
    }
  }

  private void sendKeyed(long from, long to) {
    for (long i = from; i < to; i++) {
      byte[] key = ByteBuffer.allocate(KEY_BYTES).putLong(i * GOLDEN).array();
      producer.send(key, values.get(i));
    }
  }

  @Override
  public void close() {
    senders.shutdown();
  }
}

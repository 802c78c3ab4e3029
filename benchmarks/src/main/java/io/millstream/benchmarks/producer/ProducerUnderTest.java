package io.millstream.benchmarks.producer;

import org.jspecify.annotations.Nullable;

/** What a measurement needs of a producer. Safe for any thread. */
interface ProducerUnderTest extends AutoCloseable {

  /** Sends a record whose callback counts it. */
  void send(byte @Nullable [] key, byte[] value);

  /** Sends a record whose callback notes when it came, against the time it was to be sent. */
  void sendTimed(byte[] value, long intendedNanos);

  void flush();

  @Override
  void close();
}

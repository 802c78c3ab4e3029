package io.millstream.produce;

import io.millstream.clients.producer.Callback;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.common.header.Header;
import io.millstream.common.header.internals.RecordHeader;
import io.millstream.network.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * A serialized record that waits until its topic, or the partition it names, is known. Its place in
 * a batch succeeds it. Made by a caller, settled by the event loop.
 */
final class WaitingRecord extends Sending {

  /** Stands for a partition that is chosen when the topic is known. */
  static final int CHOOSE = -1;

  private static final int OVERHEAD_BYTES = 128;

  private final EventLoop loop;
  private final TopicPartition target;
  private final Content content;
  private final @Nullable Callback callback;
  private final Span span;
  private @Nullable SendFuture place;
  private @Nullable RuntimeException failure;
  private volatile boolean settled;

  /**
   * The time it may wait.
   *
   * @param sinceNanos when {@code send} was called
   * @param deadlineNanos when to give up
   */
  record Span(long sinceNanos, long deadlineNanos) {}

  /** What is to be written. */
  static final class Content {
    private final long timestampMillis;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final Header[] headers;
    private final int recordBytes;

    /**
     * Puts together what is to be written.
     *
     * @param recordBytes the most bytes that the record takes in a batch
     */
    Content(
        long timestampMillis,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Header[] headers,
        int recordBytes) {
      this.timestampMillis = timestampMillis;
      this.key = key;
      this.value = value;
      this.headers = headers;
      this.recordBytes = recordBytes;
    }

    /** Copies it: once {@code send} has returned, its caller may use the arrays again. */
    Content copy() {
      Header[] copies = new Header[headers.length];
      for (int i = 0; i < headers.length; i++) {
        copies[i] = new RecordHeader(headers[i].key(), copy(headers[i].value()));
      }
      return new Content(timestampMillis, copy(key), copy(value), copies, recordBytes);
    }

    private static byte @Nullable [] copy(byte @Nullable [] bytes) {
      return bytes == null ? null : bytes.clone();
    }

    int recordBytes() {
      return recordBytes;
    }
  }

  /**
   * Creates a record that waits.
   *
   * @param loop that settles it
   * @param target topic and partition, {@link #CHOOSE} for one that is chosen later
   * @param content what is to be written
   * @param callback told of the end, null for none
   * @param span the time it may wait
   */
  WaitingRecord(
      EventLoop loop,
      TopicPartition target,
      Content content,
      @Nullable Callback callback,
      Span span) {
    this.loop = loop;
    this.target = target;
    this.content = content;
    this.callback = callback;
    this.span = span;
  }

  /** Returns what a waiting record counts in {@code buffer.memory}. */
  static long memoryBytes(int recordBytes) {
    return (long) recordBytes + OVERHEAD_BYTES;
  }

  String topic() {
    return target.topic();
  }

  int partition() {
    return target.partition();
  }

  long timestampMillis() {
    return content.timestampMillis;
  }

  byte @Nullable [] key() {
    return content.key;
  }

  byte @Nullable [] value() {
    return content.value;
  }

  Header[] headers() {
    return content.headers;
  }

  int recordBytes() {
    return content.recordBytes;
  }

  @Nullable Callback callback() {
    return callback;
  }

  /** Returns when {@code send} was called, from where {@code delivery.timeout.ms} counts. */
  long sinceNanos() {
    return span.sinceNanos;
  }

  long deadlineNanos() {
    return span.deadlineNanos;
  }

  /** Ends the waiting: the record is part of a batch now. For the loop. */
  void placed(SendFuture successor) {
    loop.assertInLoop();
    place = successor;
    handFlushesTo(successor.sending());
    settled = true;
    tellSettled();
  }

  /** Ends the waiting for good; the callback runs within this call. For the loop. */
  void fail(RuntimeException exception, CallbackRunner runner) {
    loop.assertInLoop();
    failure = exception;
    runner.metrics().failed(topic(), 1);
    try {
      if (callback != null) {
        runner.run(this, new Callback[] {callback}, 1);
      }
    } finally {
      settled = true;
      tellSettled();
    }
  }

  @Override
  boolean settled() {
    return settled;
  }

  @Override
  @Nullable Sending successor(int index) {
    return place == null ? null : place.sending();
  }

  @Override
  int successorIndex(int index) {
    return place == null ? index : place.index();
  }

  @Override
  @Nullable RuntimeException exception(int index) {
    return failure;
  }

  @Override
  RecordMetadata metadata(int index) {
    return new RecordMetadata(target, -1, -1, -1, -1, -1);
  }

  @Override
  EventLoop loop() {
    return loop;
  }
}

package io.millstream.produce;

import io.millstream.clients.producer.Callback;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.common.header.Header;
import io.millstream.network.EventLoop;
import io.millstream.record.RecordBatchWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The records of one partition that travel together. While open it is guarded by the lock of its
 * {@link PartitionQueue}; sealed, it belongs to whoever compresses it; from ready on to the event
 * loop. The future of each record refers to it and an index.
 */
final class ProducerBatch extends Sending {

  /** What a batch goes through; see {@link #transition}. */
  enum State {
    /** Takes records. */
    OPEN,
    /** Its place in the queue is fixed; it may be being compressed, and its bytes be in use. */
    SEALED,
    /** May be sent, or sent again. */
    READY,
    /** Part of a request whose end is not known. */
    IN_FLIGHT,
    /** Its futures have ended, or refer to the parts it was split into. */
    DONE
  }

  private final TopicPartition partition;
  private final EventLoop loop;
  private final RecordBatchWriter writer;
  private final long firstRecord;
  private long createdNanos;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final Travel travel = new Travel();

  private long[] timestamps;
  private long[] sizes;
  private @Nullable Callback @Nullable [] callbacks;

  private long baseOffset = -1;
  private long logAppendTimeMillis = -1;
  private @Nullable IntFunction<@Nullable RuntimeException> failures;
  private @Nullable List<ProducerBatch> parts;
  private volatile boolean settled;

  /**
   * Creates an open batch without records.
   *
   * @param partition where it goes
   * @param loop that delivers it
   * @param writer an empty writer
   * @param firstRecord the number of its first record within the partition, which orders batches
   * @param expectedRecords for how many records to make room at first
   */
  ProducerBatch(
      TopicPartition partition,
      EventLoop loop,
      RecordBatchWriter writer,
      long firstRecord,
      int expectedRecords) {
    this.partition = partition;
    this.loop = loop;
    this.writer = writer;
    this.firstRecord = firstRecord;
    this.createdNanos = loop.nanoTime();
    timestamps = new long[expectedRecords];
    sizes = new long[expectedRecords];
  }

  /** One of the parts of a batch that was too large: sealed, with records of its own. */
  private ProducerBatch(ProducerBatch whole, RecordBatchWriter writer, int from) {
    this.partition = whole.partition;
    this.loop = whole.loop;
    this.writer = writer;
    this.firstRecord = whole.firstRecord + from;
    this.createdNanos = whole.createdNanos;
    int to = from + writer.recordCount();
    timestamps = Arrays.copyOfRange(whole.timestamps, from, to);
    sizes = Arrays.copyOfRange(whole.sizes, from, to);
    if (whole.callbacks != null) {
      callbacks = Arrays.copyOfRange(Arrays.copyOf(whole.callbacks, to), from, to);
    }
    state.set(State.SEALED);
  }

  /**
   * Appends a record, if there is memory for it.
   *
   * @return its index, or -1 where there is no memory
   */
  int tryAppend(
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Header[] headers,
      @Nullable Callback callback) {
    int index = writer.recordCount();
    // First what may fail for want of memory of the machine: then the record is not there.
    makeRoom(index, callback != null);
    if (!writer.tryAppend(timestampMillis, key, value, headers)) {
      return -1;
    }
    timestamps[index] = timestampMillis;
    sizes[index] = ((long) lengthOf(key) << Integer.SIZE) | (lengthOf(value) & 0xffff_ffffL);
    if (callback != null && callbacks != null) {
      callbacks[index] = callback;
    }
    return index;
  }

  private void makeRoom(int index, boolean forCallback) {
    if (index >= timestamps.length) {
      timestamps = Arrays.copyOf(timestamps, grown(index));
    }
    if (index >= sizes.length) {
      sizes = Arrays.copyOf(sizes, timestamps.length);
    }
    if (forCallback) {
      if (callbacks == null) {
        callbacks = new @Nullable Callback[timestamps.length];
      } else if (index >= callbacks.length) {
        callbacks = Arrays.copyOf(callbacks, timestamps.length);
      }
    }
  }

  private static int grown(int length) {
    return Math.max(8, length + (length >> 1));
  }

  private static int lengthOf(byte @Nullable [] bytes) {
    return bytes == null ? -1 : bytes.length;
  }

  /**
   * The one place where the state changes.
   *
   * @return what it was before; DONE, and nothing changes, where it was given up meanwhile
   * @throws IllegalStateException if the batch may not go there
   */
  State transition(State next) {
    while (true) {
      State before = state();
      boolean allowed =
          switch (next) {
            case OPEN -> false;
            case SEALED -> before == State.OPEN;
            case READY -> before == State.SEALED || before == State.IN_FLIGHT;
            case IN_FLIGHT -> before == State.READY;
            case DONE -> before != State.DONE && before != State.OPEN;
          };
      if (!allowed) {
        if (before == State.DONE) {
          return before;
        }
        throw new IllegalStateException(
            "A batch of %s cannot go from %s to %s".formatted(partition, before, next));
      }
      if (state.compareAndSet(before, next)) {
        return before;
      }
    }
  }

  State state() {
    return Objects.requireNonNull(state.get());
  }

  TopicPartition partition() {
    return partition;
  }

  RecordBatchWriter writer() {
    return writer;
  }

  int recordCount() {
    return writer.recordCount();
  }

  /** Returns the bytes that its records take, before they are compressed. */
  int bytesOfRecords() {
    return writer.rawBytes() - RecordBatchWriter.HEADER_BYTES;
  }

  /**
   * Returns the bytes of its largest record, before it is compressed: what key and value take, and
   * what the records take besides, in the mean.
   */
  int largestRecord() {
    int count = writer.recordCount();
    long sum = 0;
    int most = 0;
    for (int i = 0; i < count; i++) {
      // Where there is no key or value, a byte less than nothing; the mean below sets that right.
      int content = (int) (sizes[i] >> Integer.SIZE) + (int) sizes[i];
      sum += content;
      most = Math.max(most, content);
    }
    return most + (int) ((bytesOfRecords() - sum + count - 1) / count);
  }

  /** Returns the number of the first record within the partition, by which batches are ordered. */
  long firstRecord() {
    return firstRecord;
  }

  /** Counts its age from an earlier moment, if it is one: that of its oldest record. */
  void beganBy(long nanos) {
    if (nanos - createdNanos < 0) {
      createdNanos = nanos;
    }
  }

  /** Returns when its oldest record was given to {@code send}. */
  long createdNanos() {
    return createdNanos;
  }

  /** Returns what the loop notes of its way; for the loop. */
  Travel travel() {
    return travel;
  }

  /** Makes parts of this batch, which share out its records. */
  List<ProducerBatch> partsOf(List<RecordBatchWriter> writers) {
    ProducerBatch[] made = new ProducerBatch[writers.size()];
    int from = 0;
    for (int i = 0; i < made.length; i++) {
      made[i] = new ProducerBatch(this, writers.get(i), from);
      from += writers.get(i).recordCount();
    }
    return List.of(made);
  }

  /**
   * Ends it: the futures go on with the parts. For the loop.
   *
   * @return false where it was done already, and nothing goes on
   */
  boolean replaceBy(List<ProducerBatch> successors) {
    loop.assertInLoop();
    if (transition(State.DONE) == State.DONE) {
      return false;
    }
    parts = successors;
    callbacks = null;
    successors.forEach(this::handFlushesTo);
    settle();
    return true;
  }

  /** Ends it well; the callbacks run within this call. For the loop. */
  void succeed(long offset, long appendTimeMillis, CallbackRunner runner) {
    loop.assertInLoop();
    if (transition(State.DONE) != State.DONE) {
      baseOffset = offset;
      logAppendTimeMillis = appendTimeMillis;
      finish(runner);
    }
  }

  /**
   * Ends it badly; the callbacks run within this call. For the loop.
   *
   * @param exceptions returns for each index why that record failed
   */
  void fail(IntFunction<@Nullable RuntimeException> exceptions, CallbackRunner runner) {
    loop.assertInLoop();
    if (transition(State.DONE) != State.DONE) {
      failures = exceptions;
      finish(runner);
    }
  }

  /**
   * Ends a batch badly that has never left, or has come back, and gives its memory back: at once,
   * or when it is compressed, if that is what holds it up. For the loop.
   */
  void giveUp(RuntimeException exception, CallbackRunner runner) {
    loop.assertInLoop();
    State before = transition(State.DONE);
    if (before == State.DONE) {
      return;
    }
    failures = index -> exception;
    try {
      finish(runner);
    } finally {
      if (before != State.SEALED) {
        writer.release();
      }
    }
  }

  private void finish(CallbackRunner runner) {
    @Nullable Callback @Nullable [] told = callbacks;
    callbacks = null;
    if (failures != null) {
      runner.metrics().failed(partition.topic(), writer.recordCount());
    }
    try {
      if (told != null) {
        runner.run(this, told, Math.min(told.length, writer.recordCount()));
      }
    } finally {
      // Even if a callback ends the loop: nobody shall wait for ever.
      settle();
    }
  }

  private void settle() {
    settled = true;
    tellSettled();
  }

  @Override
  boolean settled() {
    return settled;
  }

  @Override
  @Nullable Sending successor(int index) {
    List<ProducerBatch> successors = parts;
    return successors == null ? null : successors.get(partOf(successors, index));
  }

  @Override
  int successorIndex(int index) {
    List<ProducerBatch> successors = parts;
    if (successors == null) {
      return index;
    }
    ProducerBatch part = successors.get(partOf(successors, index));
    return (int) (firstRecord + index - part.firstRecord);
  }

  private int partOf(List<ProducerBatch> successors, int index) {
    int found = 0;
    while (found + 1 < successors.size()
        && successors.get(found + 1).firstRecord <= firstRecord + index) {
      found++;
    }
    return found;
  }

  @Override
  @Nullable RuntimeException exception(int index) {
    IntFunction<@Nullable RuntimeException> known = failures;
    return known == null ? null : known.apply(index);
  }

  @Override
  RecordMetadata metadata(int index) {
    if (failures != null) {
      return new RecordMetadata(partition, -1, -1, -1, -1, -1);
    }
    long timestamp = logAppendTimeMillis == -1 ? timestamps[index] : logAppendTimeMillis;
    return new RecordMetadata(
        partition,
        baseOffset,
        index,
        timestamp,
        (int) (sizes[index] >> Integer.SIZE),
        (int) sizes[index]);
  }

  @Override
  EventLoop loop() {
    return loop;
  }
}

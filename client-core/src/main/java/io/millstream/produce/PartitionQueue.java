package io.millstream.produce;

import io.millstream.clients.producer.Callback;
import io.millstream.common.TopicPartition;
import io.millstream.common.header.Header;
import io.millstream.network.EventLoop;
import io.millstream.record.RecordBatchWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one partition: sealed batches in order, and the open one behind them. Callers
 * append under its lock; the event loop takes batches away from the head. Nothing here waits.
 */
final class PartitionQueue {

  private static final int FEWEST_EXPECTED_RECORDS = 4;
  private static final int LARGEST_SUMMED_BYTES = 32 * 1024;

  private final TopicPartition partition;
  private final Shared shared;
  private final CompressionRatio ratio;
  private final BriefLock lock = new BriefLock();
  private final AppendChunks chunks;
  private final Deque<ProducerBatch> sealed = new ArrayDeque<>();
  private final Deque<ProducerBatch> unclaimed = new ArrayDeque<>();
  private @Nullable ProducerBatch open;
  private long nextRecord;
  private int expectedRecords = FEWEST_EXPECTED_RECORDS;
  private int lastBytes;
  private boolean announced;
  private boolean unheard;
  private int waits;
  private @Nullable PartitionLane lane;

  /**
   * What all queues of a producer share.
   *
   * @param loop that delivers
   * @param memory where chunks come from
   * @param sizes how large batches are
   * @param announcements where queues tell the loop that there is something
   */
  record Shared(
      EventLoop loop, BufferMemory memory, BatchSizes sizes, Announcements announcements) {}

  PartitionQueue(TopicPartition partition, Shared shared, CompressionRatio ratio) {
    this.partition = partition;
    this.shared = shared;
    this.ratio = ratio;
    this.chunks = new AppendChunks(shared.memory());
  }

  TopicPartition partition() {
    return partition;
  }

  CompressionRatio ratio() {
    return ratio;
  }

  /** Returns the loop's side of this partition, null before it was given. For the loop. */
  @Nullable PartitionLane lane() {
    return lane;
  }

  /** Gives the loop's side of this partition. For the loop. */
  void lane(PartitionLane loopsSide) {
    lane = loopsSide;
  }

  /**
   * Appends a record. Any thread may call this.
   *
   * @param recordBytes what {@link RecordBatchWriter#sizeOfRecord} says
   * @param grant memory that was promised for it, null for none
   * @param movesOn whether to leave this partition, instead of beginning another batch, when the
   *     record does not fit into the open one
   * @return the future; null where there is no memory or the record is to move on, which {@link
   *     #takesMore} tells apart: then, and when the record is the first of its batch, {@link
   *     #claim} may have a batch to compress
   * @throws IllegalStateException if the producer is closed
   */
  @Nullable SendFuture tryAppend(
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Header[] headers,
      @Nullable Callback callback,
      int recordBytes,
      BufferMemory.@Nullable Grant grant,
      boolean movesOn) {
    if (lock.lock()) {
      waits++;
    }
    try {
      shared.announcements.requireOpen();
      chunks.grant = grant;
      return append(timestampMillis, key, value, headers, callback, recordBytes, movesOn);
    } finally {
      chunks.grant = null;
      unlock();
    }
  }

  /**
   * Appends a record that has waited for its topic, whatever memory is left; {@link #claim} may
   * have a batch to compress then. For the loop.
   *
   * @return where it is now; where this throws, the record is nowhere
   */
  SendFuture place(WaitingRecord record) {
    lock.lock();
    try {
      chunks.unlimited = true;
      SendFuture future =
          append(
              record.timestampMillis(),
              record.key(),
              record.value(),
              record.headers(),
              record.callback(),
              record.recordBytes(),
              false);
      if (future == null) {
        throw new IllegalStateException("no chunk although there is no limit");
      }
      if (open != null) {
        open.beganBy(record.sinceNanos());
      }
      return future;
    } finally {
      chunks.unlimited = false;
      unlock();
    }
  }

  private @Nullable SendFuture append(
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Header[] headers,
      @Nullable Callback callback,
      int recordBytes,
      boolean movesOn) {
    ProducerBatch batch = open;
    if (batch != null) {
      if (shared.sizes.fits(batch.writer().rawBytes(), recordBytes, ratio)) {
        int index = batch.tryAppend(timestampMillis, key, value, headers, callback);
        if (index >= 0) {
          return new SendFuture(batch, index);
        }
        if (chunks.grant == null) {
          // It stays open, to grow when there is memory again.
          return null;
        }
      }
      // Full, or it cannot grow by what was promised.
      if (!shared.sizes.compressed()) {
        announce();
      }
      seal(batch);
      if (movesOn) {
        return null;
      }
    }
    RecordBatchWriter writer =
        new RecordBatchWriter(chunks, firstChunkBytes(recordBytes), shared.sizes.growthBytes());
    ProducerBatch created =
        new ProducerBatch(partition, shared.loop, writer, nextRecord, expectedRecords);
    boolean begun = false;
    try {
      int index = created.tryAppend(timestampMillis, key, value, headers, callback);
      if (index < 0) {
        return null;
      }
      SendFuture future = new SendFuture(created, index);
      announce();
      open = created;
      begun = true;
      return future;
    } finally {
      if (!begun) {
        writer.release();
      }
    }
  }

  private int firstChunkBytes(int recordBytes) {
    int expected = shared.sizes.firstChunkBytes(lastBytes);
    BufferMemory.Grant grant = chunks.grant;
    return grant == null || grant.covers(shared.sizes.memoryFor(recordBytes, expected))
        ? expected
        : shared.sizes.firstChunkBytes();
  }

  private void seal(ProducerBatch batch) {
    // First what may fail for want of memory of the machine: then the batch is still open.
    sealed.add(batch);
    if (shared.sizes.compressed()) {
      boolean complete = false;
      try {
        unclaimed.add(batch);
        complete = true;
      } finally {
        if (!complete) {
          sealed.removeLast();
        }
      }
    }
    open = null;
    nextRecord += batch.recordCount();
    expectedRecords = batch.recordCount() + (batch.recordCount() >> 3) + 1;
    lastBytes = batch.writer().rawBytes();
    if (sums(batch)) {
      batch.writer().sumRecords();
    }
    batch.transition(ProducerBatch.State.SEALED);
    if (!shared.sizes.compressed()) {
      batch.transition(ProducerBatch.State.READY);
    }
  }

  /** Says whether who filled a batch takes its checksum, under the lock, since it goes quickly. */
  private boolean sums(ProducerBatch batch) {
    return !shared.sizes.compressed()
        && batch.writer().rawBytes() <= LARGEST_SUMMED_BYTES
        && !shared.loop.inLoop();
  }

  private void announce() {
    if (!announced) {
      shared.announcements.announce(this);
      announced = true;
      unheard = true;
    }
  }

  /** Gives the lock back, and only then wakes the loop, which will want it. */
  private void unlock() {
    boolean wakes = unheard;
    unheard = false;
    lock.unlock();
    if (wakes) {
      shared.announcements.nudge();
    }
  }

  /** Returns how many callers have waited for the lock since this was asked last. */
  int takeWaits() {
    lock.lock();
    try {
      int taken = waits;
      waits = 0;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Says whether a batch is open, and so not full. */
  boolean takesMore() {
    lock.lock();
    try {
      return open != null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns a batch that was sealed and is to be compressed by whoever takes it; null if there is
   * none. Who has a batch sealed takes one away afterwards, so that none is left.
   */
  @Nullable ProducerBatch claim() {
    lock.lock();
    try {
      return unclaimed.poll();
    } finally {
      lock.unlock();
    }
  }

  /** Tells the loop to look here, since a batch is ready. Any thread may call this. */
  void announceReady() {
    lock.lock();
    try {
      announce();
    } finally {
      unlock();
    }
  }

  /** From here on the next change is announced again. For the loop, before it looks. */
  void lowerAnnouncement() {
    lock.lock();
    try {
      announced = false;
    } finally {
      lock.unlock();
    }
  }

  /** Returns when the open batch was begun, {@link Long#MAX_VALUE} without one. For the loop. */
  long openSinceNanos() {
    lock.lock();
    try {
      return open == null ? Long.MAX_VALUE : open.createdNanos();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns how many batches wait to be sent: those that are sealed, and the open one if it was
   * begun by some moment. For the loop.
   */
  int waitingBatches(long begunByNanos) {
    lock.lock();
    try {
      boolean openWaits = open != null && open.createdNanos() - begunByNanos <= 0;
      return sealed.size() + (openWaits ? 1 : 0);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Says whether the open batch is worth a place in a request that others go with: it was begun
   * before a moment, or is half full. For the loop.
   */
  boolean openIsWorthSending(long begunBeforeNanos) {
    lock.lock();
    try {
      return open != null
          && (open.createdNanos() - begunBeforeNanos <= 0
              || shared.sizes.isHalfFull(open.writer().rawBytes()));
    } finally {
      lock.unlock();
    }
  }

  /** Seals the open batch, if there is one; {@link #claim} has it to be compressed. */
  void sealOpen() {
    lock.lock();
    try {
      if (open != null) {
        seal(open);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number of the first record that is not sealed yet. For the loop. */
  long nextRecord() {
    lock.lock();
    try {
      return nextRecord;
    } finally {
      lock.unlock();
    }
  }

  /** Adds all batches to a list, in order. For the loop. */
  void addTo(List<ProducerBatch> all) {
    lock.lock();
    try {
      all.addAll(sealed);
      if (open != null) {
        all.add(open);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns the first sealed batch, ready or not; null if there is none. For the loop. */
  @Nullable ProducerBatch head() {
    lock.lock();
    try {
      return sealed.peek();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the first sealed batch away. For the loop. */
  ProducerBatch removeHead() {
    lock.lock();
    try {
      return sealed.remove();
    } finally {
      lock.unlock();
    }
  }

  /** Says whether nothing waits here. For the loop. */
  boolean isEmpty() {
    lock.lock();
    try {
      return open == null && sealed.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}

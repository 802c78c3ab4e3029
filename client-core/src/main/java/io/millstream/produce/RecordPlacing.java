package io.millstream.produce;

import io.millstream.common.KafkaException;
import io.millstream.common.errors.ApiException;
import io.millstream.transaction.BatchScope;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Brings records that have waited for their topic to the queues of their partitions, in order. Each
 * is placed, or fails: a header of the application's own may throw, and the machine may be out of
 * memory. Owned by the event loop.
 */
final class RecordPlacing {

  private final boolean ignoresKeys;
  private final BufferMemory memory;
  private final BatchCompressor compressor;
  private final CallbackRunner callbacks;
  private final BatchScope scope;
  private final Deque<Unplaced> unplaced = new ArrayDeque<>();

  private record Unplaced(WaitingRecord record, RuntimeException exception) {}

  /**
   * Creates what places the records of one producer.
   *
   * @param ignoresKeys {@code partitioner.ignore.keys}
   * @param memory where waiting records are counted
   * @param compressor compresses what gets full
   * @param callbacks runs those of records that cannot be placed
   * @param scope the transaction that these fail
   */
  RecordPlacing(
      boolean ignoresKeys,
      BufferMemory memory,
      BatchCompressor compressor,
      CallbackRunner callbacks,
      BatchScope scope) {
    this.ignoresKeys = ignoresKeys;
    this.memory = memory;
    this.compressor = compressor;
    this.callbacks = callbacks;
    this.scope = scope;
  }

  /** Makes the partitions of a topic known to callers; those who waited for it come first. */
  void publish(TopicQueue topic, KnownPartitions known) {
    topic.publish(known, record -> place(topic, known, record));
    // Not before: what a callback sends now goes to its partition, so this comes to an end.
    failUnplaced();
  }

  private void place(TopicQueue topic, KnownPartitions known, WaitingRecord record) {
    PartitionQueue queue;
    try {
      queue = known.queue(partition(topic, known, record));
    } catch (RuntimeException | Error e) {
      notPlaced(record, e);
      throwIfFatal(e);
      return;
    }
    try {
      SendFuture place = tryPlace(queue, record);
      if (place != null) {
        record.placed(place);
        memory.release(WaitingRecord.memoryBytes(record.recordBytes()));
      }
    } finally {
      // The batch before may be sealed by then, whatever became of this record.
      compressor.compressSealed(queue);
    }
  }

  private @Nullable SendFuture tryPlace(PartitionQueue queue, WaitingRecord record) {
    try {
      return queue.place(record);
    } catch (RuntimeException | Error e) {
      notPlaced(record, e);
      throwIfFatal(e);
      return null;
    }
  }

  /** The loop dies of it, and then all those end that still wait. */
  private static void throwIfFatal(Throwable thrown) {
    if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
      throw fatal;
    }
  }

  private void notPlaced(WaitingRecord record, Throwable cause) {
    unplaced.add(new Unplaced(record, exception(record, cause)));
  }

  private int partition(TopicQueue topic, KnownPartitions known, WaitingRecord record) {
    byte @Nullable [] key = record.key();
    if (record.partition() >= 0) {
      return record.partition();
    }
    if (key != null && !ignoresKeys) {
      return KeyHash.partition(key, known.count());
    }
    StickyPartition sticky = topic.sticky();
    StickyPartition.Stay stay = sticky.current(known);
    sticky.appended(stay, record.recordBytes(), known);
    return stay.partition();
  }

  private static RuntimeException exception(WaitingRecord record, Throwable cause) {
    return cause instanceof ApiException known
        ? known
        : new KafkaException(
            "A record for topic %s that had waited for its partitions could not be written: %s"
                .formatted(record.topic(), cause),
            cause);
  }

  /** Fails those that could not be placed and were not told of yet. */
  void failUnplaced() {
    for (Unplaced next = unplaced.poll(); next != null; next = unplaced.poll()) {
      fail(next.record, next.exception);
    }
  }

  /** Fails a record that waits for its topic no more. */
  void fail(WaitingRecord record, RuntimeException exception) {
    scope.failed(exception, false);
    memory.release(WaitingRecord.memoryBytes(record.recordBytes()));
    record.fail(exception, callbacks);
  }
}

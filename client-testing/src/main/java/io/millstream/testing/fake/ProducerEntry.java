package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.record.RecordBatchCursor;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a log knows of one idempotent producer: its epoch and its last five batches (KIP-98,
 * KIP-360).
 */
final class ProducerEntry {

  private static final int BATCHES_KEPT = 5;

  /**
   * One batch that was appended.
   *
   * @param firstSequence of its first record
   * @param lastSequence of its last record
   * @param baseOffset where it lies
   * @param timestampMillis its highest timestamp, which is told of a duplicate whosever time it is
   */
  record Appended(int firstSequence, int lastSequence, long baseOffset, long timestampMillis) {}

  private final ArrayDeque<Appended> batches = new ArrayDeque<>();
  private short epoch = -1;

  /** Finds a batch that was appended before. */
  @Nullable Appended duplicateOf(RecordBatchCursor batch) {
    if (batch.producerEpoch() != epoch) {
      return null;
    }
    int lastSequence = lastSequence(batch);
    for (Appended appended : batches) {
      if (appended.firstSequence == batch.baseSequence() && appended.lastSequence == lastSequence) {
        return appended;
      }
    }
    return null;
  }

  /** Checks that a batch is the one that comes next. */
  ErrorCode check(RecordBatchCursor batch) {
    if (batch.producerEpoch() < epoch) {
      return ErrorCode.INVALID_PRODUCER_EPOCH;
    }
    if (epoch < 0) {
      return ErrorCode.NONE;
    }
    Appended last = batches.peekLast();
    boolean next;
    if (batch.producerEpoch() > epoch || last == null) {
      next = batch.baseSequence() == 0;
    } else {
      next = batch.baseSequence() == after(last.lastSequence, 1);
    }
    return next ? ErrorCode.NONE : ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER;
  }

  void append(RecordBatchCursor batch) {
    if (batch.producerEpoch() != epoch) {
      epoch = batch.producerEpoch();
      batches.clear();
    }
    batches.add(
        new Appended(
            batch.baseSequence(),
            lastSequence(batch),
            batch.baseOffset(),
            batch.maxTimestampMillis()));
    if (batches.size() > BATCHES_KEPT) {
      batches.remove();
    }
  }

  /** A transaction of the producer has ended, and with it the epochs before. */
  void marked(short markerEpoch) {
    if (markerEpoch > epoch) {
      epoch = markerEpoch;
      batches.clear();
    }
  }

  private static int lastSequence(RecordBatchCursor batch) {
    return after(batch.baseSequence(), batch.lastOffsetDelta());
  }

  /** Sequences go from 2^31 - 1 to 0. */
  private static int after(int sequence, int count) {
    return (int) (((long) sequence + count) & Integer.MAX_VALUE);
  }
}

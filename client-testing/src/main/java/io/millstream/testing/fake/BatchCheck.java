package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.ProduceResponse.BatchIndexAndErrorMessage;
import io.millstream.record.CorruptBatchException;
import io.millstream.record.RecordBatchCursor;
import io.millstream.record.RecordBatchReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a broker checks before it appends a batch.
 *
 * @param error NONE where the batch may be appended
 * @param malformed whether it is not one batch of the format that is written today
 * @param message what is wrong, or null
 * @param copy the batch, to be changed by the log; empty where it is refused
 * @param recordErrors which records are at fault, where single ones are (KIP-467)
 */
record BatchCheck(
    ErrorCode error,
    boolean malformed,
    @Nullable String message,
    ByteBuffer copy,
    List<BatchIndexAndErrorMessage> recordErrors) {

  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);
  private static final int MOST_DECOMPRESSED_BYTES = 128 * 1024 * 1024;
  private static final long FUTURE_MILLIS = TimeUnit.HOURS.toMillis(1);

  static BatchCheck of(@Nullable ByteBuffer sent, Topic.Settings settings, long nowMillis) {
    if (sent == null || !sent.hasRemaining()) {
      return malformed("no batch was sent");
    }
    ByteBuffer copy = ByteBuffer.allocate(sent.remaining()).put(sent.duplicate()).flip();
    try {
      return check(copy, settings, nowMillis);
    } catch (CorruptBatchException e) {
      return refused(ErrorCode.CORRUPT_MESSAGE, e.getMessage());
    }
  }

  private static BatchCheck check(ByteBuffer copy, Topic.Settings settings, long nowMillis) {
    RecordBatchCursor batch = new RecordBatchCursor();
    batch.reset(copy);
    if (!batch.next() || batch.magic() != 2 || batch.sizeBytes() != copy.remaining()) {
      return malformed("not exactly one batch of format 2");
    }
    batch.verifyChecksum();
    if (batch.sizeBytes() > settings.maxMessageBytes()) {
      return refused(
          ErrorCode.MESSAGE_TOO_LARGE,
          "a batch of %d bytes, and %d are allowed"
              .formatted(batch.sizeBytes(), settings.maxMessageBytes()));
    }
    if (batch.isControl()
        || batch.recordCount() <= 0
        || batch.recordCount() != batch.lastOffsetDelta() + 1
        || (batch.producerId() >= 0 && batch.baseSequence() < 0)) {
      return refused(ErrorCode.INVALID_RECORD, "a batch that no producer writes");
    }
    if (batch.maxTimestampMillis() > nowMillis + FUTURE_MILLIS) {
      return refused(ErrorCode.INVALID_TIMESTAMP, "a timestamp in the future");
    }
    List<BatchIndexAndErrorMessage> withoutKey = new ArrayList<>();
    if (!readsToItsEnd(copy, withoutKey)) {
      return refused(ErrorCode.INVALID_RECORD, "the records' offsets are not one after the other");
    }
    return settings.compacted() && !withoutKey.isEmpty()
        ? new BatchCheck(
            ErrorCode.INVALID_RECORD, false, "records without a key", EMPTY, withoutKey)
        : new BatchCheck(ErrorCode.NONE, false, null, copy, List.of());
  }

  /** Reads all records, and notes those that a compacted topic does not take. */
  private static boolean readsToItsEnd(
      ByteBuffer copy, List<BatchIndexAndErrorMessage> withoutKey) {
    try (RecordBatchReader reader = new RecordBatchReader(MOST_DECOMPRESSED_BYTES, false)) {
      reader.reset(copy);
      reader.nextBatch();
      long base = reader.batch().baseOffset();
      long expected = base;
      while (reader.nextRecord()) {
        if (reader.offset() != expected++) {
          return false;
        }
        if (reader.key() == null) {
          withoutKey.add(
              new BatchIndexAndErrorMessage(
                  (int) (reader.offset() - base),
                  "a compacted topic takes no record without a key"));
        }
      }
      return expected - base == reader.batch().recordCount();
    }
  }

  /** Says whether the batch is refused before the log is looked at. */
  boolean early() {
    return error == ErrorCode.CORRUPT_MESSAGE || error == ErrorCode.MESSAGE_TOO_LARGE || malformed;
  }

  private static BatchCheck malformed(String message) {
    return new BatchCheck(ErrorCode.INVALID_RECORD, true, message, EMPTY, List.of());
  }

  private static BatchCheck refused(ErrorCode error, @Nullable String message) {
    return new BatchCheck(error, false, message, EMPTY, List.of());
  }
}

package io.millstream.testing.fake;

import io.millstream.common.record.TimestampType;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.FetchResponse.AbortedTransaction;
import io.millstream.protocol.ProduceResponse.BatchIndexAndErrorMessage;
import io.millstream.record.ControlType;
import io.millstream.record.LogAppend;
import io.millstream.record.RecordBatchCursor;
import io.millstream.record.RecordBatchReader;
import io.millstream.testing.fake.ClusterState.ProducerIdentity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The log of one partition. All replicas share it, so what was appended is replicated. */
final class PartitionLog {

  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);
  private static final int MOST_DECOMPRESSED_BYTES = 128 * 1024 * 1024;

  /**
   * What became of a batch.
   *
   * @param error NONE where it is in the log
   * @param baseOffset where it is, -1 where it is not
   * @param appendTimeMillis the broker's time, -1 where the topic keeps the client's
   * @param startOffset the first offset of the log, -1 where the log was not even looked at
   * @param message what was wrong, or null
   * @param recordErrors which records are at fault, where single ones are
   */
  record Result(
      ErrorCode error,
      long baseOffset,
      long appendTimeMillis,
      long startOffset,
      @Nullable String message,
      List<BatchIndexAndErrorMessage> recordErrors) {

    static Result appended(long baseOffset, long appendTimeMillis, long startOffset) {
      return new Result(ErrorCode.NONE, baseOffset, appendTimeMillis, startOffset, null, List.of());
    }
  }

  /**
   * Where an epoch ended.
   *
   * @param epoch the epoch, -1 for unknown
   * @param offset the first offset behind it, -1 for unknown
   */
  record EpochEnd(int epoch, long offset) {

    static final EpochEnd UNKNOWN = new EpochEnd(-1, -1);
  }

  /**
   * A record found by its timestamp.
   *
   * @param timestampMillis its timestamp, -1 for none
   * @param offset its offset, -1 for none
   * @param leaderEpoch the epoch it was appended in, -1 for none
   */
  record Found(long timestampMillis, long offset, int leaderEpoch) {

    static final Found NOTHING = new Found(-1, -1, -1);
  }

  private final Topic.Settings settings;
  private final List<StoredBatch> batches = new ArrayList<>();
  private final TreeMap<Integer, Long> epochStarts = new TreeMap<>();
  private final Map<Long, ProducerEntry> producers = new LinkedHashMap<>();
  private final LogTransactions transactions = new LogTransactions();
  private long startOffset;
  private long endOffset;
  private int currentEpoch;

  PartitionLog(Topic.Settings settings) {
    this.settings = settings;
  }

  long startOffset() {
    return startOffset;
  }

  /** Returns the offset of the next record, which is the high watermark too. */
  long endOffset() {
    return endOffset;
  }

  void epochBegins(int epoch) {
    currentEpoch = epoch;
    epochStarts.values().removeIf(start -> start >= endOffset);
    epochStarts.put(epoch, endOffset);
  }

  /** Appends what a producer has sent, which must be one batch. */
  Result append(@Nullable ByteBuffer sent, long nowMillis) {
    BatchCheck checked = BatchCheck.of(sent, settings, nowMillis);
    if (checked.error() != ErrorCode.NONE) {
      return new Result(
          checked.error(),
          -1,
          -1,
          checked.early() ? -1 : startOffset,
          checked.message(),
          checked.recordErrors());
    }
    ByteBuffer bytes = checked.copy();
    RecordBatchCursor batch = new RecordBatchCursor();
    batch.reset(bytes);
    batch.next();
    if (batch.producerId() >= 0) {
      ProducerEntry producer = producers.get(batch.producerId());
      ProducerEntry known = producer == null ? new ProducerEntry() : producer;
      ProducerEntry.Appended duplicate = known.duplicateOf(batch);
      if (duplicate != null) {
        return Result.appended(duplicate.baseOffset(), duplicate.timestampMillis(), startOffset);
      }
      ErrorCode outOfOrder = known.check(batch);
      if (outOfOrder != ErrorCode.NONE) {
        return new Result(outOfOrder, -1, -1, startOffset, null, List.of());
      }
    }
    long appendTime = -1;
    if (settings.timestampType() == TimestampType.LOG_APPEND_TIME) {
      appendTime = nowMillis;
      LogAppend.stampAppendTime(bytes, appendTime);
    }
    long baseOffset = endOffset;
    endOffset = LogAppend.assignOffsets(bytes, baseOffset, currentEpoch);
    store(batch, bytes);
    return Result.appended(baseOffset, appendTime, startOffset);
  }

  private void store(RecordBatchCursor batch, ByteBuffer bytes) {
    batch.reset(bytes);
    batch.next();
    batches.add(
        new StoredBatch(
            batch.baseOffset(),
            batch.lastOffset(),
            batch.leaderEpoch(),
            batch.maxTimestampMillis(),
            bytes));
    if (batch.producerId() >= 0) {
      ProducerEntry producer =
          producers.computeIfAbsent(batch.producerId(), id -> new ProducerEntry());
      if (batch.isControl()) {
        producer.marked(batch.producerEpoch());
        transactions.ended(batch, bytes);
      } else {
        producer.append(batch);
        transactions.appended(batch);
      }
    }
  }

  /** Appends the marker that ends a transaction. */
  void endTransaction(ControlType type, ProducerIdentity producer, long nowMillis) {
    ByteBuffer bytes =
        LogAppend.endOfTransaction(type, nowMillis, producer.id(), producer.epoch(), 0);
    endOffset = LogAppend.assignOffsets(bytes, endOffset, currentEpoch);
    store(new RecordBatchCursor(), bytes);
  }

  /** Returns the offset below which every transaction has ended. */
  long stableOffset() {
    return Math.min(endOffset, transactions.firstOpenOffset());
  }

  /** Returns which transactions were aborted in what is read from an offset on. */
  List<AbortedTransaction> abortedFrom(long offset) {
    return transactions.abortedFrom(offset);
  }

  /**
   * Reads batches, beginning with the one that holds an offset.
   *
   * @param maxBytes how many bytes at most; the last batch may be cut off
   * @param wholeFirst whether the first batch is given whole, however large it is
   * @param upTo the offset in front of which to end, the first of a batch
   */
  ByteBuffer read(long offset, int maxBytes, boolean wholeFirst, long upTo) {
    int first = indexOf(offset);
    int behind = indexOf(upTo);
    if (first >= behind) {
      return EMPTY;
    }
    int firstBytes = batches.get(first).bytes().remaining();
    if (firstBytes > maxBytes && !wholeFirst) {
      return EMPTY;
    }
    int limit = Math.max(maxBytes, firstBytes);
    int size = 0;
    for (int i = first; i < behind && size < limit; i++) {
      size += batches.get(i).bytes().remaining();
    }
    ByteBuffer records = ByteBuffer.allocate(Math.min(size, limit));
    for (int i = first; records.hasRemaining(); i++) {
      ByteBuffer bytes = batches.get(i).bytes();
      records.put(bytes.slice().limit(Math.min(bytes.remaining(), records.remaining())));
    }
    return records.flip();
  }

  /** Returns how many bytes could be read, up to a limit. */
  long readableBytes(long offset, int maxBytes, long upTo) {
    long size = 0;
    int behind = indexOf(upTo);
    for (int i = indexOf(offset); i < behind && size < maxBytes; i++) {
      size += batches.get(i).bytes().remaining();
    }
    return Math.min(size, maxBytes);
  }

  private int indexOf(long offset) {
    int low = 0;
    int high = batches.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (batches.get(middle).lastOffset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Finds the end of an epoch as KIP-101 has it. */
  EpochEnd endOf(int epoch) {
    if (epoch == latestEpoch()) {
      return new EpochEnd(epoch, endOffset);
    }
    Map.Entry<Integer, Long> higher = epochStarts.higherEntry(epoch);
    if (epoch < 0 || higher == null) {
      return EpochEnd.UNKNOWN;
    }
    Integer floor = epochStarts.floorKey(epoch);
    return new EpochEnd(floor == null ? epoch : floor, higher.getValue());
  }

  /** Returns the epoch that began last, -1 where none has. */
  int latestEpoch() {
    return epochStarts.isEmpty() ? -1 : epochStarts.lastKey();
  }

  /** Returns the epoch in which the first record was appended, -1 where there is none. */
  int earliestEpoch() {
    Map.Entry<Integer, Long> first = epochStarts.floorEntry(Integer.MAX_VALUE);
    for (Map.Entry<Integer, Long> entry : epochStarts.entrySet()) {
      if (entry.getValue() <= startOffset) {
        first = entry;
      }
    }
    return first == null ? -1 : first.getKey();
  }

  /** Finds the first record that is not older than a moment. */
  Found firstSince(long timestampMillis) {
    for (StoredBatch batch : batches) {
      if (batch.maxTimestampMillis() >= timestampMillis && batch.lastOffset() >= startOffset) {
        try (RecordBatchReader reader = new RecordBatchReader(MOST_DECOMPRESSED_BYTES, false)) {
          reader.reset(batch.bytes());
          reader.nextBatch();
          while (reader.nextRecord()) {
            if (reader.timestampMillis() >= timestampMillis && reader.offset() >= startOffset) {
              return new Found(reader.timestampMillis(), reader.offset(), batch.leaderEpoch());
            }
          }
        }
      }
    }
    return Found.NOTHING;
  }

  /** Returns the highest timestamp in the log, -1 where there is none. */
  long maxTimestampMillis() {
    return batches.stream().mapToLong(StoredBatch::maxTimestampMillis).max().orElse(-1);
  }

  /** Deletes records from the front, as retention does. */
  void deleteBefore(long offset) {
    startOffset = Math.min(Math.max(startOffset, offset), endOffset);
    batches.removeIf(batch -> batch.lastOffset() < startOffset);
  }

  /** Loses batches from the end, as an unclean election does. */
  void loseFrom(long offset) {
    batches.removeIf(batch -> batch.lastOffset() >= offset);
    endOffset = batches.isEmpty() ? startOffset : batches.get(batches.size() - 1).lastOffset() + 1;
    List<StoredBatch> kept = new ArrayList<>(batches);
    batches.clear();
    epochStarts.values().removeIf(start -> start >= endOffset);
    producers.clear();
    transactions.clear();
    RecordBatchCursor cursor = new RecordBatchCursor();
    for (StoredBatch batch : kept) {
      store(cursor, batch.bytes());
    }
  }

  /** Returns the records of the log, decompressed. */
  List<StoredRecord> records() {
    List<StoredRecord> records = new ArrayList<>();
    try (RecordBatchReader reader = new RecordBatchReader(MOST_DECOMPRESSED_BYTES, true)) {
      for (StoredBatch batch : batches) {
        reader.reset(batch.bytes());
        reader.nextBatch();
        while (!reader.batch().isControl() && reader.nextRecord()) {
          if (reader.offset() >= startOffset) {
            records.add(
                new StoredRecord(
                    reader.offset(),
                    reader.timestampMillis(),
                    reader.key(),
                    reader.value(),
                    reader.batch().producerId(),
                    reader.batch().producerEpoch()));
          }
        }
      }
    }
    return records;
  }
}

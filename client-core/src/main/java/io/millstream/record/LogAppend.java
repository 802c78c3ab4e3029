package io.millstream.record;

import io.millstream.record.CorruptBatchException.Reason;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What a broker does to batches of magic 2 when it appends them to its log, for brokers in tests.
 * It changes batches in place. Without state, so any thread may use it.
 */
public final class LogAppend {

  private LogAppend() {}

  /**
   * Counts records, without looking into them.
   *
   * @param batches whole batches between position and limit
   * @return the sum of what the batches' headers say
   * @throws CorruptBatchException if a batch's length or format cannot be
   */
  public static int countRecords(ByteBuffer batches) {
    RecordBatchCursor cursor = new RecordBatchCursor();
    cursor.reset(batches);
    int count = 0;
    while (cursor.next()) {
      count += cursor.recordCount();
    }
    return count;
  }

  /**
   * Gives batches their offsets and leader epoch. The checksum does not cover them.
   *
   * @param batches whole batches between position and limit
   * @param firstOffset the offset of the first record
   * @param leaderEpoch the epoch of the leader that appends
   * @return the offset of the next record to be appended
   * @throws CorruptBatchException if a batch's length or format cannot be, or its magic is not 2
   */
  public static long assignOffsets(ByteBuffer batches, long firstOffset, int leaderEpoch) {
    RecordBatchCursor cursor = new RecordBatchCursor();
    cursor.reset(batches);
    long next = firstOffset;
    while (cursor.next()) {
      requireMagic2(cursor);
      ByteBuffer bytes = cursor.records();
      bytes.putLong(cursor.start() + BatchLayout.BASE_OFFSET, next);
      bytes.putInt(cursor.start() + BatchLayout.LEADER_EPOCH, leaderEpoch);
      next = cursor.lastOffset() + 1;
    }
    return next;
  }

  /**
   * Gives all records the time of the broker, as with {@code message.timestamp.type=LogAppendTime},
   * and renews the checksums.
   *
   * @param batches whole batches between position and limit
   * @param timestampMillis the broker's time
   * @throws CorruptBatchException if a batch's length or format cannot be, or its magic is not 2
   */
  public static void stampAppendTime(ByteBuffer batches, long timestampMillis) {
    RecordBatchCursor cursor = new RecordBatchCursor();
    cursor.reset(batches);
    CRC32C checksum = new CRC32C();
    while (cursor.next()) {
      requireMagic2(cursor);
      ByteBuffer bytes = cursor.records();
      int start = cursor.start();
      int attributes = cursor.attributes() | BatchLayout.LOG_APPEND_TIME;
      bytes.putShort(start + BatchLayout.ATTRIBUTES, (short) attributes);
      bytes.putLong(start + BatchLayout.MAX_TIMESTAMP, timestampMillis);
      checksum.reset();
      checksum.update(
          bytes.slice(start + BatchLayout.ATTRIBUTES, cursor.sizeBytes() - BatchLayout.ATTRIBUTES));
      bytes.putInt(start + BatchLayout.CRC, (int) checksum.getValue());
    }
  }

  private static void requireMagic2(RecordBatchCursor batch) {
    if (batch.magic() != 2) {
      throw new CorruptBatchException(
          batch.baseOffset(),
          Reason.UNKNOWN_FORMAT,
          "format " + batch.magic() + " is not written any more");
    }
  }

  /**
   * Makes the batch that ends a transaction (KIP-98), with one control record and offset 0.
   *
   * @param type {@link ControlType#COMMIT} or {@link ControlType#ABORT}
   * @param timestampMillis the broker's time
   * @param producerId the producer whose transaction ends
   * @param producerEpoch its epoch
   * @param coordinatorEpoch the epoch of the transaction coordinator
   * @return the batch between position and limit
   * @throws IllegalArgumentException if the type is {@link ControlType#OTHER}
   */
  public static ByteBuffer endOfTransaction(
      ControlType type,
      long timestampMillis,
      long producerId,
      short producerEpoch,
      int coordinatorEpoch) {
    short typeNumber =
        switch (type) {
          case ABORT -> ControlType.ABORT_TYPE;
          case COMMIT -> ControlType.COMMIT_TYPE;
          case OTHER -> throw new IllegalArgumentException(type + " ends no transaction");
        };
    byte[] key = ByteBuffer.allocate(4).putShort((short) 0).putShort(typeNumber).array();
    byte[] value = ByteBuffer.allocate(6).putShort((short) 0).putInt(coordinatorEpoch).array();
    RecordBatchWriter writer = new RecordBatchWriter(HeapChunks.INSTANCE, 128, 128);
    if (!writer.tryAppend(timestampMillis, key, value, RecordBatchReader.NO_HEADERS)) {
      throw new IllegalStateException("chunks of the heap do not run out");
    }
    writer.sealControl(producerId, producerEpoch);
    return writer.buffers()[0];
  }
}

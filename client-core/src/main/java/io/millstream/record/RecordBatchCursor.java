package io.millstream.record;

import io.millstream.common.record.TimestampType;
import io.millstream.compression.Codec;
import io.millstream.record.CorruptBatchException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * Walks from batch to batch and reads headers in place, as drawn at {@link BatchLayout}; it looks
 * into no record. A message of magic 0 or 1 is a batch of its own. Used by one thread at a time;
 * nothing here blocks or allocates.
 */
public final class RecordBatchCursor {

  private final CRC32C castagnoli = new CRC32C();
  private final CRC32 classic = new CRC32();
  private ByteBuffer records = ByteBuffer.allocate(0);
  private int start;
  private int end;
  private int magic;

  /** Creates a cursor over nothing. */
  public RecordBatchCursor() {}

  /**
   * Begins before the first batch.
   *
   * @param records batches between position and limit, the last of which may be cut off; neither
   *     its position nor its limit is changed
   */
  public void reset(ByteBuffer records) {
    this.records = records.duplicate().order(ByteOrder.BIG_ENDIAN);
    start = records.position();
    end = start;
  }

  /**
   * Goes on to the next batch.
   *
   * @return false where no whole batch is left
   * @throws CorruptBatchException if its length or format cannot be
   */
  public boolean next() {
    int remaining = records.limit() - end;
    if (remaining < BatchLayout.PREFIX_BYTES) {
      start = end;
      return false;
    }
    long baseOffset = records.getLong(end + BatchLayout.BASE_OFFSET);
    int length = records.getInt(end + BatchLayout.LENGTH);
    if (length < BatchLayout.leastMessageBytes(0) - BatchLayout.PREFIX_BYTES) {
      throw new CorruptBatchException(
          baseOffset, Reason.WRONG_LENGTH, "it claims a length of " + length + " bytes");
    }
    if (length > remaining - BatchLayout.PREFIX_BYTES) {
      start = end;
      return false;
    }
    int foundMagic = records.get(end + BatchLayout.MAGIC);
    if (foundMagic < 0 || foundMagic > 2) {
      throw new CorruptBatchException(
          baseOffset, Reason.UNKNOWN_FORMAT, "its format has the number " + foundMagic);
    }
    int least =
        foundMagic == 2 ? BatchLayout.HEADER_BYTES : BatchLayout.leastMessageBytes(foundMagic);
    if (length < least - BatchLayout.PREFIX_BYTES) {
      throw new CorruptBatchException(
          baseOffset,
          Reason.WRONG_LENGTH,
          "it claims a length of " + length + " bytes, too few for format " + foundMagic);
    }
    start = end;
    end = start + BatchLayout.PREFIX_BYTES + length;
    magic = foundMagic;
    return true;
  }

  /**
   * After {@link #next} has said false: how many bytes are left of a batch that is cut off.
   *
   * @return 0 where there is none
   */
  public int bytesOfPartialBatch() {
    return records.limit() - end;
  }

  /**
   * The bytes of the batch, header included.
   *
   * @return their number
   */
  public int sizeBytes() {
    return end - start;
  }

  /**
   * The format of the batch.
   *
   * @return 0, 1 or 2
   */
  public int magic() {
    return magic;
  }

  /**
   * The offset of the first record that was ever in the batch.
   *
   * @return the offset; of a compressed message of magic 0 or 1 it is not known from outside, and
   *     this is that of its last record
   */
  public long baseOffset() {
    return records.getLong(start + BatchLayout.BASE_OFFSET);
  }

  /**
   * The offset of the last record that was ever in the batch.
   *
   * @return the offset; the next batch begins behind it
   */
  public long lastOffset() {
    return magic == 2 ? baseOffset() + lastOffsetDelta() : baseOffset();
  }

  /**
   * The distance from the base offset to the last one.
   *
   * @return 0 for magic 0 and 1
   */
  public int lastOffsetDelta() {
    return magic == 2 ? records.getInt(start + BatchLayout.LAST_OFFSET_DELTA) : 0;
  }

  /**
   * The epoch of the leader that appended the batch.
   *
   * @return the epoch; -1 where there is none
   */
  public int leaderEpoch() {
    return magic == 2 ? records.getInt(start + BatchLayout.LEADER_EPOCH) : -1;
  }

  /**
   * How the batch is compressed.
   *
   * @return the codec, or null where its number is not known
   */
  public @Nullable Codec codec() {
    return Codec.of(attributes() & BatchLayout.CODEC_MASK);
  }

  /**
   * What the timestamps mean.
   *
   * @return never null
   */
  public TimestampType timestampType() {
    if (magic == 0) {
      return TimestampType.NO_TIMESTAMP_TYPE;
    }
    return (attributes() & BatchLayout.LOG_APPEND_TIME) == 0
        ? TimestampType.CREATE_TIME
        : TimestampType.LOG_APPEND_TIME;
  }

  /**
   * The highest timestamp of the batch's records.
   *
   * @return milliseconds since 1970; -1 where there is none
   */
  public long maxTimestampMillis() {
    return switch (magic) {
      case 0 -> -1;
      case 1 -> records.getLong(start + BatchLayout.MESSAGE_TIMESTAMP);
      default -> records.getLong(start + BatchLayout.MAX_TIMESTAMP);
    };
  }

  long baseTimestampMillis() {
    return records.getLong(start + BatchLayout.BASE_TIMESTAMP);
  }

  /**
   * Whether the batch belongs to a transaction.
   *
   * @return false for magic 0 and 1
   */
  public boolean isTransactional() {
    return magic == 2 && (attributes() & BatchLayout.TRANSACTIONAL) != 0;
  }

  /**
   * Whether the batch holds records that brokers wrote for themselves, which no application sees.
   *
   * @return false for magic 0 and 1
   */
  public boolean isControl() {
    return magic == 2 && (attributes() & BatchLayout.CONTROL) != 0;
  }

  /**
   * The producer that wrote the batch.
   *
   * @return its id; -1 where there is none
   */
  public long producerId() {
    return magic == 2 ? records.getLong(start + BatchLayout.PRODUCER_ID) : -1;
  }

  /**
   * The epoch of the producer that wrote the batch.
   *
   * @return the epoch; -1 where there is none
   */
  public short producerEpoch() {
    return magic == 2 ? records.getShort(start + BatchLayout.PRODUCER_EPOCH) : -1;
  }

  /**
   * The sequence of the first record.
   *
   * @return the sequence; -1 where there is none
   */
  public int baseSequence() {
    return magic == 2 ? records.getInt(start + BatchLayout.BASE_SEQUENCE) : -1;
  }

  /**
   * How many records the batch says it has, fewer than it had at first where compaction took some.
   *
   * @return the number as it stands there; for magic 0 and 1 it is always 1, compressed or not
   */
  public int recordCount() {
    return magic == 2 ? records.getInt(start + BatchLayout.RECORD_COUNT) : 1;
  }

  /**
   * Compares the batch with its checksum.
   *
   * @throws CorruptBatchException if it was changed after it was written
   */
  public void verifyChecksum() {
    int field = magic == 2 ? BatchLayout.CRC : BatchLayout.MESSAGE_CRC;
    Checksum checksum = magic == 2 ? castagnoli : classic;
    int covered = magic == 2 ? BatchLayout.ATTRIBUTES : BatchLayout.MAGIC;
    int limit = records.limit();
    checksum.reset();
    records.limit(end).position(start + covered);
    checksum.update(records);
    records.limit(limit);
    int expected = records.getInt(start + field);
    if ((int) checksum.getValue() != expected) {
      throw new CorruptBatchException(
          baseOffset(),
          Reason.BAD_CHECKSUM,
          "its checksum is "
              + Integer.toHexString(expected)
              + ", its bytes have "
              + Integer.toHexString((int) checksum.getValue()));
    }
  }

  int attributes() {
    return magic == 2
        ? records.getShort(start + BatchLayout.ATTRIBUTES)
        : records.get(start + BatchLayout.MESSAGE_ATTRIBUTES);
  }

  /** The whole buffer, with any position and limit up to its end; not to be kept. */
  ByteBuffer records() {
    return records;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }
}

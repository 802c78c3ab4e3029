package io.millstream.record;

import io.millstream.common.header.Header;
import io.millstream.common.record.TimestampType;
import io.millstream.compression.Codec;
import io.millstream.compression.CorruptCompressedDataException;
import io.millstream.compression.DecompressedTooLargeException;
import io.millstream.record.CorruptBatchException.Reason;
import io.millstream.wire.MalformedFrameException;
import io.millstream.wire.Varint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads batches and, one by one, their records, of magic 0 to 2. A batch is compared with its
 * checksum and decompressed only when its first record is asked for. The reader is made once and
 * used for one buffer after the other, by one thread at a time; nothing here blocks.
 *
 * <pre>{@code
 * reader.reset(records);
 * while (reader.nextBatch()) {
 *   while (reader.nextRecord()) {
 *     … reader.offset(), reader.value() …
 *   }
 * }
 * }</pre>
 */
public final class RecordBatchReader implements AutoCloseable {

  static final Header[] NO_HEADERS = {};

  private final boolean checksumVerified;
  private final RecordBatchCursor batch = new RecordBatchCursor();
  private final RecordFields fields = new RecordFields();
  private final RecordWindow window;
  private final MessageSetReader messages;
  private ByteBuffer records = ByteBuffer.allocate(0);
  private ByteBuffer viewed = records;
  private ByteBuffer view = records;
  private boolean opened;
  private int recordsLeft;
  private boolean endUnchecked;
  private @Nullable CorruptBatchException failure;

  /**
   * Creates a reader; memory for decompressing is taken when it is first needed.
   *
   * @param maxDecompressedBytes how many bytes the records of one batch may have
   * @param checksumVerified whether batches are compared with their checksums
   */
  public RecordBatchReader(long maxDecompressedBytes, boolean checksumVerified) {
    this.checksumVerified = checksumVerified;
    window = new RecordWindow(maxDecompressedBytes);
    messages = new MessageSetReader(batch, window, fields, checksumVerified);
  }

  /**
   * Begins before the first batch; what was read before is forgotten.
   *
   * @param buffer batches between position and limit, the last of which may be cut off; its bytes
   *     must stay as they are while they are read, its position and limit are not changed
   */
  public void reset(ByteBuffer buffer) {
    batch.reset(buffer);
    records = buffer.duplicate().order(ByteOrder.BIG_ENDIAN);
    opened = true;
    recordsLeft = 0;
    endUnchecked = false;
    failure = null;
  }

  /**
   * Goes on to the next batch, past all records that were not read.
   *
   * @return false where no whole batch is left
   * @throws CorruptBatchException if its length or format cannot be
   */
  public boolean nextBatch() {
    boolean found = batch.next();
    failure = null;
    recordsLeft = 0;
    endUnchecked = false;
    opened = !found;
    return found;
  }

  /**
   * The header of the current batch; it moves along with this reader, and only with it.
   *
   * @return always the same object
   */
  public RecordBatchCursor batch() {
    return batch;
  }

  /**
   * Goes on to the next record of the current batch.
   *
   * @return false where the batch has no more
   * @throws CorruptBatchException if the batch is corrupt, or too large when decompressed; the
   *     reader can then go on with the next batch
   */
  public boolean nextRecord() {
    if (failure != null) {
      throw failure;
    }
    try {
      if (!opened) {
        open();
      }
      return batch.magic() == 2 ? nextOfBatch() : recordsLeft > 0 && messages.next();
    } catch (MalformedFrameException e) {
      throw failed(Reason.BAD_RECORD, e);
    } catch (DecompressedTooLargeException e) {
      throw failed(Reason.TOO_LARGE, e);
    } catch (CorruptCompressedDataException e) {
      throw failed(Reason.CANNOT_DECOMPRESS, e);
    } catch (CorruptBatchException e) {
      failure = e;
      throw e;
    }
  }

  private CorruptBatchException failed(Reason reason, RuntimeException cause) {
    String message = String.valueOf(cause.getMessage());
    CorruptBatchException corrupt =
        new CorruptBatchException(batch.baseOffset(), reason, message, cause);
    failure = corrupt;
    return corrupt;
  }

  private void open() {
    if (checksumVerified) {
      batch.verifyChecksum();
    }
    Codec codec = batch.codec();
    if (codec == null) {
      throw new CorruptBatchException(
          batch.baseOffset(),
          Reason.CANNOT_DECOMPRESS,
          "its codec has the number " + (batch.attributes() & BatchLayout.CODEC_MASK));
    }
    recordsLeft = batch.recordCount();
    if (recordsLeft < 0) {
      throw new MalformedFrameException("it claims " + recordsLeft + " records");
    }
    // a decompressor may have set another order
    records.order(ByteOrder.BIG_ENDIAN).limit(batch.end());
    if (batch.magic() < 2) {
      messages.open(records, codec);
    } else {
      records.position(batch.start() + BatchLayout.HEADER_BYTES);
      openRecords(codec);
    }
    opened = true;
  }

  private void openRecords(Codec codec) {
    if (codec == Codec.NONE) {
      window.open(records);
      endUnchecked = true;
    } else if (recordsLeft > 0) {
      window.open(codec, records, false);
      endUnchecked = true;
    }
  }

  private boolean nextOfBatch() {
    if (recordsLeft == 0) {
      checkEnd();
      return false;
    }
    window.has(Varint.MAX_INT_BYTES);
    int length = Varint.getInt(window.buffer());
    if (length < 0 || !window.hasClaimed(length)) {
      throw new MalformedFrameException(
          "a record claims " + length + " bytes, " + window.buffer().remaining() + " are left");
    }
    ByteBuffer buffer = window.buffer();
    int limit = buffer.limit();
    buffer.limit(buffer.position() + length);
    fields.readRecord(buffer, batch);
    buffer.limit(limit);
    recordsLeft--;
    return true;
  }

  /** Reads on to the end, which also brings the codec's own checksums to bear. */
  private void checkEnd() {
    if (endUnchecked) {
      endUnchecked = false;
      if (window.has(1)) {
        throw new MalformedFrameException("it has more bytes than its records");
      }
    }
  }

  /**
   * The offset of the current record.
   *
   * @return its place in the log
   */
  public long offset() {
    return fields.offset;
  }

  /**
   * The timestamp of the current record.
   *
   * @return milliseconds since 1970; -1 where it has none
   */
  public long timestampMillis() {
    return fields.timestampMillis;
  }

  /**
   * What the timestamp of the current record means.
   *
   * @return never null
   */
  public TimestampType timestampType() {
    return fields.timestampType;
  }

  /**
   * The size of the current record's key.
   *
   * @return a number of bytes; -1 for null
   */
  public int keyBytes() {
    return fields.keyBytes;
  }

  /**
   * The size of the current record's value.
   *
   * @return a number of bytes; -1 for null
   */
  public int valueBytes() {
    return fields.valueBytes;
  }

  /**
   * The key of the current record.
   *
   * @return a copy, or null
   */
  public byte @Nullable [] key() {
    return copy(fields.keyStart, fields.keyBytes);
  }

  /**
   * The value of the current record.
   *
   * @return a copy, or null
   */
  public byte @Nullable [] value() {
    return copy(fields.valueStart, fields.valueBytes);
  }

  /**
   * The key of the current record where it lies.
   *
   * @return a view that the next call of this reader may change, or null; not to be kept
   */
  public @Nullable ByteBuffer keyView() {
    return view(fields.keyStart, fields.keyBytes);
  }

  /**
   * The value of the current record where it lies.
   *
   * @return a view that the next call of this reader may change, or null; not to be kept
   */
  public @Nullable ByteBuffer valueView() {
    return view(fields.valueStart, fields.valueBytes);
  }

  // Two buffers of equal content are not one memory.
  @SuppressWarnings("ReferenceEquality")
  private @Nullable ByteBuffer view(int start, int length) {
    if (length < 0) {
      return null;
    }
    if (viewed != fields.buffer) {
      viewed = fields.buffer;
      view = viewed.duplicate();
    }
    return view.limit(start + length).position(start);
  }

  private byte @Nullable [] copy(int start, int length) {
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    fields.buffer.get(start, bytes);
    return bytes;
  }

  /**
   * The headers of the current record.
   *
   * @return copies, in their order; an array without elements where there are none
   */
  public Header[] headers() {
    if (fields.headerCount == 0) {
      return NO_HEADERS;
    }
    Header[] headers = new Header[fields.headerCount];
    ByteBuffer buffer = fields.buffer;
    int position = buffer.position();
    buffer.position(fields.headersStart);
    for (int i = 0; i < headers.length; i++) {
      headers[i] = ReceivedHeader.read(buffer);
    }
    buffer.position(position);
    return headers;
  }

  /**
   * What the current record says, where the batch is one of control records.
   *
   * @return never null; {@link ControlType#OTHER} where it says nothing to clients
   */
  public ControlType controlType() {
    if (!batch.isControl() || fields.keyBytes < ControlType.KEY_BYTES) {
      return ControlType.OTHER;
    }
    return ControlType.of(fields.buffer.getShort(fields.keyStart + Short.BYTES));
  }

  /** Frees what decompressing took; the reader can be used no more. */
  @Override
  public void close() {
    opened = true;
    recordsLeft = 0;
    window.close();
  }
}

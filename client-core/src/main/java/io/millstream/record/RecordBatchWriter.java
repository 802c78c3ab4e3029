package io.millstream.record;

import io.millstream.common.header.Header;
import io.millstream.compression.Codec;
import io.millstream.compression.Compression;
import io.millstream.wire.ChunkSource;
import io.millstream.wire.Varint;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes one batch of magic 2 straight into chunks: first the records, then, as often as needed,
 * the header. Used by one thread at a time; nothing here blocks.
 */
public final class RecordBatchWriter {

  /** The bytes of a batch before its records. */
  public static final int HEADER_BYTES = BatchLayout.HEADER_BYTES;

  private static final byte MAGIC = 2;
  private static final int NO_LEADER_EPOCH = -1;

  private final int firstChunkBytes;
  private final int growthBytes;
  private final CRC32C checksum = new CRC32C();
  private ChunkedBytes bytes;
  private Codec codec = Codec.NONE;
  private int recordCount;
  private int rawBytes = HEADER_BYTES;
  private long baseTimestamp;
  private long maxTimestamp = -1;
  private int recordsChecksum;
  private int checksummedBytes;

  /**
   * Creates an empty batch, which has no chunk yet.
   *
   * @param source where chunks come from and return to
   * @param firstChunkBytes what the first chunk holds at least
   * @param growthBytes what each further chunk holds at least
   */
  public RecordBatchWriter(ChunkSource source, int firstChunkBytes, int growthBytes) {
    if (growthBytes < 1) {
      throw new IllegalArgumentException("chunks of " + growthBytes + " bytes");
    }
    this.firstChunkBytes = Math.max(firstChunkBytes, HEADER_BYTES);
    this.growthBytes = growthBytes;
    bytes = new ChunkedBytes(source, growthBytes);
  }

  /**
   * Says how many bytes a record may take in a batch, without the batch's header.
   *
   * @param key the key, or null
   * @param value the value, or null
   * @param headers the headers
   * @return a bound from above that is at most 20 bytes too high; {@link Integer#MAX_VALUE} stands
   *     for more than that
   */
  public static int sizeOfRecord(byte @Nullable [] key, byte @Nullable [] value, Header[] headers) {
    long size = RecordSize.mostOfPlace() + RecordSize.ofContent(key, value, headers);
    return (int) Math.min(size, Integer.MAX_VALUE);
  }

  /**
   * Appends a record, if there is memory for it.
   *
   * @param timestampMillis its timestamp, in milliseconds since 1970
   * @param key its key, or null
   * @param value its value, or null
   * @param headers its headers, with keys that are not null
   * @return false where a chunk was needed and there was none; then nothing has changed, as where
   *     this throws
   * @throws IllegalStateException after {@link #compress}
   * @throws IllegalArgumentException if the batch would exceed 2^31 - 1 bytes
   */
  public boolean tryAppend(
      long timestampMillis, byte @Nullable [] key, byte @Nullable [] value, Header[] headers) {
    if (codec != Codec.NONE) {
      throw new IllegalStateException("the batch is compressed already");
    }
    long timestampDelta = recordCount == 0 ? 0 : timestampMillis - baseTimestamp;
    long body = RecordSize.ofBody(timestampDelta, recordCount, key, value, headers);
    if (body > Integer.MAX_VALUE - Varint.MAX_INT_BYTES - rawBytes) {
      throw new IllegalArgumentException(
          "a record of " + body + " bytes in a batch that has " + rawBytes);
    }
    int bodyBytes = (int) body;
    int recordBytes = Varint.sizeOf(bodyBytes) + bodyBytes;
    if (!makeRoom(recordBytes)) {
      return false;
    }
    put(recordBytes, bodyBytes, timestampDelta, key, value, headers);
    if (recordCount == 0) {
      baseTimestamp = timestampMillis;
      maxTimestamp = timestampMillis;
    } else {
      maxTimestamp = Math.max(maxTimestamp, timestampMillis);
    }
    recordCount++;
    rawBytes += recordBytes;
    return true;
  }

  private void put(
      int recordBytes,
      int bodyBytes,
      long timestampDelta,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Header[] headers) {
    ByteBuffer chunk = bytes.current();
    int chunkIndex = bytes.currentIndex();
    int position = chunk.position();
    boolean complete = false;
    try {
      if (chunk.remaining() >= recordBytes) {
        WholeRecord.put(chunk, bodyBytes, timestampDelta, recordCount, key, value, headers);
      } else {
        BrokenRecord.put(bytes, bodyBytes, timestampDelta, recordCount, key, value, headers);
      }
      complete = true;
    } finally {
      if (!complete) {
        // A header of the application's own may throw, and the records before it are whole.
        bytes.cutBack(chunkIndex, position);
      }
    }
  }

  private boolean makeRoom(int recordBytes) {
    if (!bytes.isEmpty()) {
      return bytes.reserve(recordBytes, growthBytes);
    }
    if (!bytes.reserve(HEADER_BYTES + recordBytes, firstChunkBytes)) {
      return false;
    }
    bytes.first().position(HEADER_BYTES);
    return true;
  }

  /**
   * Compresses what was appended, as one whole, into chunks of their own, and gives the others
   * back. After that nothing can be appended. With {@link Codec#NONE}, or without any record,
   * nothing happens.
   *
   * @param compression codec and level
   * @param source where the chunks come from; they return to it, too
   * @return false where memory ran out; then nothing has changed, and the batch may be sent as it
   *     is
   * @throws IllegalStateException if it is compressed already
   */
  public boolean compress(Compression compression, ChunkSource source) {
    if (codec != Codec.NONE) {
      throw new IllegalStateException("the batch is compressed already");
    }
    if (compression.codec() == Codec.NONE || recordCount == 0) {
      return true;
    }
    ChunkedBytes compressed = new ChunkedBytes(source, growthBytes);
    boolean complete = false;
    try {
      if (compressed.reserve(HEADER_BYTES, firstChunkBytes)) {
        compressed.first().position(HEADER_BYTES);
        complete = compression.compress(bytes.written(HEADER_BYTES), compressed);
      }
    } finally {
      if (!complete) {
        compressed.release();
      }
    }
    if (complete) {
      bytes.release();
      bytes = compressed;
      codec = compression.codec();
      checksummedBytes = 0;
    }
    return complete;
  }

  /**
   * Takes the checksum of the records, which {@link #seal} takes else. To be called by whoever has
   * just written the last one, or has compressed them: reading them again costs a fraction of what
   * it costs on another processor, later.
   */
  public void sumRecords() {
    checksum.reset();
    bytes.addTo(checksum, HEADER_BYTES);
    recordsChecksum = (int) checksum.getValue();
    checksummedBytes = wireBytes();
  }

  /**
   * Writes the header with the checksum. The base offset is 0 and the leader epoch -1: both are the
   * broker's to set. May be called again with another identity, but never while the buffers are
   * being written to a channel.
   *
   * @param producerId the producer id, or -1
   * @param producerEpoch the producer epoch, or -1
   * @param baseSequence the sequence of the first record, or -1
   * @param transactional whether the batch belongs to a transaction
   * @throws IllegalStateException if nothing was appended
   */
  public void seal(long producerId, short producerEpoch, int baseSequence, boolean transactional) {
    int flags = transactional ? BatchLayout.TRANSACTIONAL : 0;
    seal(producerId, producerEpoch, baseSequence, flags);
  }

  /** Writes the header of a batch of control records, as brokers do. */
  void sealControl(long producerId, short producerEpoch) {
    seal(producerId, producerEpoch, -1, BatchLayout.TRANSACTIONAL | BatchLayout.CONTROL);
  }

  private void seal(long producerId, short producerEpoch, int baseSequence, int flags) {
    if (recordCount == 0) {
      throw new IllegalStateException("a batch without records");
    }
    int attributes = codec.id() | flags;
    ByteBuffer header = bytes.first();
    header.putLong(BatchLayout.BASE_OFFSET, 0);
    header.putInt(BatchLayout.LENGTH, wireBytes() - BatchLayout.PREFIX_BYTES);
    header.putInt(BatchLayout.LEADER_EPOCH, NO_LEADER_EPOCH);
    header.put(BatchLayout.MAGIC, MAGIC);
    header.putShort(BatchLayout.ATTRIBUTES, (short) attributes);
    header.putInt(BatchLayout.LAST_OFFSET_DELTA, recordCount - 1);
    header.putLong(BatchLayout.BASE_TIMESTAMP, baseTimestamp);
    header.putLong(BatchLayout.MAX_TIMESTAMP, maxTimestamp);
    header.putLong(BatchLayout.PRODUCER_ID, producerId);
    header.putShort(BatchLayout.PRODUCER_EPOCH, producerEpoch);
    header.putInt(BatchLayout.BASE_SEQUENCE, baseSequence);
    header.putInt(BatchLayout.RECORD_COUNT, recordCount);
    if (checksummedBytes != wireBytes()) {
      sumRecords();
    }
    checksum.reset();
    bytes.addTo(checksum, BatchLayout.ATTRIBUTES, HEADER_BYTES);
    int headerChecksum = (int) checksum.getValue();
    header.putInt(
        BatchLayout.CRC,
        JoinedChecksum.of(headerChecksum, recordsChecksum, wireBytes() - HEADER_BYTES));
  }

  /**
   * The batch, for a gathering write.
   *
   * @return fresh duplicates of the chunks, each from the first to the last byte written
   */
  public ByteBuffer[] buffers() {
    return bytes.written(0).toArray(new ByteBuffer[0]);
  }

  /**
   * How many records were appended.
   *
   * @return 0 or more
   */
  public int recordCount() {
    return recordCount;
  }

  /**
   * How many bytes the batch has, or had, before it was compressed.
   *
   * @return the bytes, header included
   */
  public int rawBytes() {
    return rawBytes;
  }

  /**
   * How many bytes the batch has as it is now.
   *
   * @return the bytes, header included
   */
  public int wireBytes() {
    return codec == Codec.NONE ? rawBytes : bytes.size();
  }

  /**
   * How the batch is compressed.
   *
   * @return the codec; {@link Codec#NONE} until {@link #compress} has done its work
   */
  public Codec codec() {
    return codec;
  }

  /** Gives all chunks back. After that the batch has no bytes and must not be used any more. */
  public void release() {
    bytes.release();
  }
}

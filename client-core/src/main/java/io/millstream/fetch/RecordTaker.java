package io.millstream.fetch;

import io.millstream.clients.consumer.ConsumerRecord;
import io.millstream.common.KafkaException;
import io.millstream.common.errors.RecordDeserializationException;
import io.millstream.common.errors.RecordDeserializationException.DeserializationExceptionOrigin;
import io.millstream.common.errors.SerializationException;
import io.millstream.common.header.internals.RecordHeaders;
import io.millstream.common.serialization.Deserializer;
import io.millstream.record.ControlType;
import io.millstream.record.CorruptBatchException;
import io.millstream.record.RecordBatchCursor;
import io.millstream.record.RecordBatchReader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of batches, on the thread that polls: compares checksums, decompresses,
 * deserializes. Takes no memory per record but what it hands out. Belongs to the holder of the poll
 * permit.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public final class RecordTaker<K, V> implements AutoCloseable {

  private final RecordBatchReader reader;
  private final boolean checksumsVerified;
  private final Deserialization<K> keys;
  private final Deserialization<V> values;
  private Fetched.@Nullable Batches open;
  private AbortedTransactions.Walk aborted = AbortedTransactions.NONE.walk();
  private boolean withinBatch;
  private Optional<Integer> leaderEpoch = Optional.empty();

  /**
   * Creates a taker.
   *
   * @param settings bound and checksums
   * @param keys makes keys
   * @param values makes values
   */
  public RecordTaker(FetchSettings settings, Deserializer<K> keys, Deserializer<V> values) {
    this.checksumsVerified = settings.checksumsVerified();
    this.reader =
        new RecordBatchReader(settings.sizes().maxDecompressedBatchBytes(), checksumsVerified);
    this.keys = new Deserialization<>(keys);
    this.values = new Deserialization<>(values);
  }

  /**
   * Takes records out of the batches that come next in a partition, and moves its position behind
   * them. Ends with these batches, or with something that the user has to know.
   *
   * @param cursor the partition
   * @param most how many records at most
   * @param records where they go
   * @throws KafkaException if the next record cannot be had; only while there are none to be
   *     returned, else the next call throws it
   */
  public void take(PartitionCursor cursor, int most, List<ConsumerRecord<K, V>> records) {
    Fetched.Batches batches = cursor.batches();
    if (batches == null) {
      return;
    }
    if (open != batches) {
      open = batches;
      reader.reset(batches.bytes());
      aborted = batches.aborted().walk();
      withinBatch = false;
    }
    int before = records.size();
    try {
      while (records.size() - before < most) {
        if (!withinBatch && !nextBatch(cursor)) {
          open = null;
          cursor.finished(batches);
          return;
        }
        if (!reader.nextRecord()) {
          withinBatch = false;
          cursor.moveTo(Math.max(cursor.position(), reader.batch().lastOffset() + 1), leaderEpoch);
        } else if (reader.offset() >= cursor.position()) {
          records.add(record(cursor));
          cursor.moveTo(reader.offset() + 1, leaderEpoch);
        }
      }
    } catch (CorruptBatchException e) {
      // Read anew by the next call: the position says where.
      open = null;
      if (records.size() == before) {
        throw corrupt(cursor, e, behind(cursor, e));
      }
    } catch (OutOfMemoryError e) {
      open = null;
      if (records.size() == before) {
        throw new KafkaException(
            "There is not enough memory for the records of %s from offset %d on: let the heap be larger, or fetch.max.decompressed.batch.bytes smaller"
                .formatted(cursor.partition(), cursor.position()),
            e);
      }
    } catch (RuntimeException | Error e) {
      // A deserializer's, or of a codec whose library is not there.
      open = null;
      if (records.size() == before) {
        throw e;
      }
    }
  }

  /** Goes on to the next batch that may have records for the user. */
  private boolean nextBatch(PartitionCursor cursor) {
    while (reader.nextBatch()) {
      RecordBatchCursor batch = reader.batch();
      if (leaderEpoch.orElse(-1) != batch.leaderEpoch()) {
        leaderEpoch = batch.leaderEpoch() < 0 ? Optional.empty() : Optional.of(batch.leaderEpoch());
      }
      boolean hidden = aborted.isAborted(batch);
      if (!batch.isControl() && !hidden && batch.lastOffset() >= cursor.position()) {
        withinBatch = true;
        return true;
      }
      if (checksumsVerified) {
        // A broken header must not have records left out.
        batch.verifyChecksum();
      }
      if (hidden && batch.isControl() && isAbortMarker()) {
        aborted.ended(batch.producerId());
      }
      cursor.moveTo(Math.max(cursor.position(), batch.lastOffset() + 1), leaderEpoch);
    }
    return false;
  }

  private boolean isAbortMarker() {
    return reader.nextRecord() && reader.controlType() == ControlType.ABORT;
  }

  private ConsumerRecord<K, V> record(PartitionCursor cursor) {
    String topic = cursor.partition().topic();
    RecordHeaders headers = new RecordHeaders(reader.headers());
    DeserializationExceptionOrigin part = DeserializationExceptionOrigin.KEY;
    K key;
    V value;
    try {
      key = keys.key(reader, topic, headers);
      part = DeserializationExceptionOrigin.VALUE;
      value = values.value(reader, topic, headers);
    } catch (RuntimeException e) {
      // A deserializer is the user's.
      throw failed(cursor, part, e);
    }
    return new ConsumerRecord<>(
        topic,
        cursor.partition().partition(),
        reader.offset(),
        reader.timestampMillis(),
        reader.timestampType(),
        reader.keyBytes(),
        reader.valueBytes(),
        key,
        value,
        headers,
        leaderEpoch);
  }

  private RecordDeserializationException failed(
      PartitionCursor cursor, DeserializationExceptionOrigin part, RuntimeException cause) {
    return new RecordDeserializationException(
        part,
        cursor.partition(),
        reader.offset(),
        reader.timestampMillis(),
        reader.timestampType(),
        wrap(reader.key()),
        wrap(reader.value()),
        new RecordHeaders(reader.headers()),
        "The %s of the record at offset %d of %s cannot be deserialized: %s. To skip the record, seek to offset %d"
            .formatted(
                part == DeserializationExceptionOrigin.KEY ? "key" : "value",
                reader.offset(),
                cursor.partition(),
                reason(cause),
                reader.offset() + 1),
        cause);
  }

  /** Our own exceptions explain themselves; those of others may need the name of their class. */
  private static String reason(RuntimeException cause) {
    String message = cause.getMessage();
    return cause instanceof SerializationException && message != null ? message : cause.toString();
  }

  private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  /** Returns where the next batch begins by what the header says, -1 where it cannot be read. */
  private long behind(PartitionCursor cursor, CorruptBatchException cause) {
    return switch (cause.reason()) {
      case WRONG_LENGTH, UNKNOWN_FORMAT -> -1;
      case BAD_CHECKSUM, CANNOT_DECOMPRESS, TOO_LARGE, BAD_RECORD -> {
        long next = reader.batch().lastOffset() + 1;
        yield next > cursor.position() ? next : -1;
      }
    };
  }

  private static KafkaException corrupt(
      PartitionCursor cursor, CorruptBatchException cause, long behind) {
    String skip =
        behind < 0
            ? "to go past it, seek to offset %d, and further as long as that brings the same error"
                .formatted(cursor.position() + 1)
            : "to go past it, seek to offset " + behind;
    String remedy =
        cause.reason() == CorruptBatchException.Reason.TOO_LARGE
            ? "raise fetch.max.decompressed.batch.bytes if the batch is to be trusted; " + skip
            : skip;
    return new KafkaException(
        "The records of %s from offset %d on cannot be read: %s; %s"
            .formatted(cursor.partition(), cursor.position(), cause.getMessage(), remedy),
        cause);
  }

  /** Frees what decompressing took; nothing can be taken any more. */
  @Override
  public void close() {
    open = null;
    reader.close();
  }
}

package io.millstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.millstream.clients.consumer.ConsumerRecord;
import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.serialization.ByteBufferDeserializer;
import io.millstream.common.serialization.Deserializer;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.network.SystemEnvironment;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

/** Records as they are handed out, and what memory that takes. */
class RecordTakerTest {

  private static final int RECORDS = 5_000;
  private static final TopicPartition PARTITION = new TopicPartition("t", 0);

  /**
   * ConsumerRecord, RecordHeaders with its list, and for key and value a String with its array:
   * what is handed out, and nothing else. Measured with compressed references; a further object of
   * the smallest size would take 16 bytes more.
   */
  private static final int HANDED_OUT_BYTES =
      72 + 24 + 24 + 2 * 24 + bytesOfArray(8) + bytesOfArray(100);

  private final FetchedBatches buffer =
      new FetchedBatches(1 << 30, new SystemEnvironment("test").waiting().gate());
  private final FetchSettings settings =
      new FetchSettings(
          new FetchSettings.Sizes(1, 1, 1, 1, 1 << 27), 500, true, OffsetReset.EARLIEST, 1);

  private static int bytesOfArray(int length) {
    return (16 + length + 7) / 8 * 8;
  }

  private PartitionCursor cursorWith(ByteBuffer batches) {
    PartitionCursor cursor = new PartitionCursor(PARTITION, buffer, 1);
    cursor.seek(2, new StartingPoint.At(0, Optional.empty()));
    FetchPosition position = new FetchPosition(cursor.start(), 0);
    FetchedFrame frame = new FetchedFrame(batches.remaining());
    buffer.admit(frame);
    cursor.add(new Fetched.Batches(position, batches, frame));
    return cursor;
  }

  private static ByteBuffer batches(int records) {
    SimpleRecord[] all =
        IntStream.range(0, records)
            .mapToObj(
                i ->
                    new SimpleRecord(
                        1_000 + i,
                        "%08d".formatted(i).getBytes(StandardCharsets.US_ASCII),
                        "%0100d".formatted(i).getBytes(StandardCharsets.US_ASCII)))
            .toArray(SimpleRecord[]::new);
    return MemoryRecords.withRecords(0L, Compression.lz4().build(), all).buffer();
  }

  private <K, V> List<ConsumerRecord<K, V>> take(
      ByteBuffer batches, Deserializer<K> keys, Deserializer<V> values) {
    List<ConsumerRecord<K, V>> records = new ArrayList<>(RECORDS);
    try (RecordTaker<K, V> taker = new RecordTaker<>(settings, keys, values)) {
      taker.take(cursorWith(batches), Integer.MAX_VALUE, records);
    }
    return records;
  }

  @Test
  void takesNoMemoryButWhatItHandsOut() {
    ByteBuffer batches = batches(RECORDS);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<ConsumerRecord<String, String>> records = new ArrayList<>(RECORDS);
    long least = Long.MAX_VALUE;
    try (RecordTaker<String, String> taker =
        new RecordTaker<>(settings, new StringDeserializer(), new StringDeserializer())) {
      for (int i = 0; i < 20; i++) {
        PartitionCursor cursor = cursorWith(batches);
        records.clear();
        long before = threads.getCurrentThreadAllocatedBytes();
        taker.take(cursor, Integer.MAX_VALUE, records);
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        assertThat(records).hasSize(RECORDS);
      }
    }
    assertThat((double) least / RECORDS).isLessThan(HANDED_OUT_BYTES + 4);
  }

  @Test
  void buffersThatAreHandedOutStayAsTheyAre() {
    List<ConsumerRecord<ByteBuffer, ByteBuffer>> records =
        take(batches(RECORDS), new ByteBufferDeserializer(), new ByteBufferDeserializer());
    for (int i = 0; i < RECORDS; i++) {
      ByteBuffer value = records.get(i).value();
      assertThat(value).isNotNull();
      if (value != null) {
        assertThat(StandardCharsets.US_ASCII.decode(value).toString())
            .isEqualTo("%0100d".formatted(i));
      }
    }
  }

  @Test
  void saysWhichRecordsThereIsNotEnoughMemoryFor() {
    PartitionCursor cursor = cursorWith(batches(3));
    boolean[] scarce = {true};
    Deserializer<String> large =
        (topic, data) -> {
          if (scarce[0]) {
            throw new OutOfMemoryError("Java heap space");
          }
          return "read";
        };
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (RecordTaker<String, String> taker =
        new RecordTaker<>(settings, new StringDeserializer(), large)) {
      assertThatThrownBy(() -> taker.take(cursor, 3, records))
          .isInstanceOf(KafkaException.class)
          .hasMessageContainingAll(
              cursor.partition().toString(), "offset 0", "fetch.max.decompressed.batch.bytes");
      scarce[0] = false;
      taker.take(cursor, 3, records);
    }
    assertThat(records).hasSize(3);
  }

  @Test
  void goesOnInTheMiddleOfABatch() {
    PartitionCursor cursor = cursorWith(batches(10));
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (RecordTaker<String, String> taker =
        new RecordTaker<>(settings, new StringDeserializer(), new StringDeserializer())) {
      for (int taken = 3; taken <= 9; taken += 3) {
        taker.take(cursor, 3, records);
        assertThat(records).hasSize(taken);
        assertThat(cursor.position()).isEqualTo(taken);
        assertThat(buffer.isEmpty()).isFalse();
      }
      taker.take(cursor, 3, records);
    }
    assertThat(records)
        .extracting(ConsumerRecord::offset)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(buffer.isEmpty()).isTrue();
  }

  @Test
  void aBrokenHeaderThatLiesBeforeThePositionDoesNotSayWhereToGoOn() {
    ByteBuffer bad = batch(0, 3);
    bad.putLong(0, -3);
    bad.put(bad.limit() - 2, (byte) ~bad.get(bad.limit() - 2));
    assertThatThrownBy(() -> take(bad, new StringDeserializer(), new StringDeserializer()))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("seek to offset 1, and further");
  }

  @Test
  void positionLiesBehindABatchWhoseLastRecordsWereCompactedAway() {
    ByteBuffer batch = batch(0, 3);
    int lastOffsetDelta = 23;
    batch.putInt(lastOffsetDelta, 9);
    int checksum = 17;
    CRC32C of = new CRC32C();
    of.update(batch.slice(checksum + Integer.BYTES, batch.limit() - checksum - Integer.BYTES));
    batch.putInt(checksum, (int) of.getValue());
    PartitionCursor cursor = cursorWith(batch);
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (RecordTaker<String, String> taker =
        new RecordTaker<>(settings, new StringDeserializer(), new StringDeserializer())) {
      taker.take(cursor, 100, records);
    }
    assertThat(records).hasSize(3);
    assertThat(cursor.position()).isEqualTo(10);
  }

  @Test
  void aBatchWithAWrongChecksumIsToldAfterAllBeforeItAndCanBeSkipped() {
    ByteBuffer first = batch(0, 3);
    ByteBuffer bad = batch(3, 3);
    bad.put(bad.limit() - 2, (byte) ~bad.get(bad.limit() - 2));
    PartitionCursor cursor = cursorWith(FetchedData.together(first, bad, batch(6, 3)));
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (RecordTaker<String, String> taker =
        new RecordTaker<>(settings, new StringDeserializer(), new StringDeserializer())) {
      taker.take(cursor, 100, records);
      assertThat(records).extracting(ConsumerRecord::offset).containsExactly(0L, 1L, 2L);
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> taker.take(cursor, 100, records))
            .isInstanceOf(KafkaException.class)
            .hasMessageContainingAll("t-0", "offset 3", "seek");
        assertThat(cursor.position()).isEqualTo(3);
      }
      assertThat(records).hasSize(3);
    }
  }

  private static ByteBuffer batch(long baseOffset, int records) {
    SimpleRecord[] all =
        IntStream.range(0, records)
            .mapToObj(i -> new SimpleRecord("value".getBytes(StandardCharsets.US_ASCII)))
            .toArray(SimpleRecord[]::new);
    return MemoryRecords.withRecords(baseOffset, Compression.NONE, all).buffer();
  }
}

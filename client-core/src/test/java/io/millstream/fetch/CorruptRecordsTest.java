package io.millstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.consumer.ConsumerRecord;
import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.serialization.ByteArrayDeserializer;
import io.millstream.network.SystemEnvironment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user is told of batches that cannot be read, and what is read all the same. */
class CorruptRecordsTest {

  private static final TopicPartition PARTITION = new TopicPartition("orders", 4);
  private static final int BATCH_LENGTH_AT = 8;
  private static final int CHECKSUM_AT = 17;
  private static final int RECORD_COUNT_AT = 57;
  private static final int HEADER_BYTES = 61;

  private final FetchedBatches buffer =
      new FetchedBatches(1 << 20, new SystemEnvironment("test").waiting().gate());

  private RecordTaker<byte[], byte[]> taker(boolean checksumsVerified, long mostBytes) {
    return new RecordTaker<>(
        new FetchSettings(
            new FetchSettings.Sizes(1, 1, 1, 1, mostBytes),
            500,
            checksumsVerified,
            OffsetReset.EARLIEST,
            1),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private PartitionCursor cursorWith(ByteBuffer batches) {
    PartitionCursor cursor = new PartitionCursor(PARTITION, buffer, 1);
    cursor.seek(2, new StartingPoint.At(0, Optional.empty()));
    FetchedFrame frame = new FetchedFrame(batches.remaining());
    buffer.admit(frame);
    cursor.add(new Fetched.Batches(new FetchPosition(cursor.start(), 0), batches, frame));
    return cursor;
  }

  private static ByteBuffer batch(long baseOffset, int records, CompressionType codec) {
    SimpleRecord[] all =
        IntStream.range(0, records)
            .mapToObj(
                i ->
                    new SimpleRecord(
                        1_000 + i, null, "value %d".formatted(i).getBytes(StandardCharsets.UTF_8)))
            .toArray(SimpleRecord[]::new);
    return MemoryRecords.withRecords(baseOffset, Compression.of(codec).build(), all).buffer();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsSoundBeforeABrokenBatchIsHandedOutAndThenTheUserIsToldWhereItStands(
      CompressionType codec) {
    ByteBuffer broken = batch(10, 5, codec);
    broken.put(broken.limit() - 1, (byte) ~broken.get(broken.limit() - 1));
    PartitionCursor cursor = cursorWith(FetchedData.together(batch(7, 3, codec), broken));
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    try (RecordTaker<byte[], byte[]> taker = taker(true, 1 << 20)) {
      taker.take(cursor, 100, records);
      assertThat(records).extracting(ConsumerRecord::offset).containsExactly(7L, 8L, 9L);
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> taker.take(cursor, 100, new ArrayList<>()))
            .isInstanceOf(KafkaException.class)
            .hasMessageContaining("orders-4")
            .hasMessageContaining("offset 10")
            .hasMessageContaining("checksum")
            .hasMessageContaining("seek to offset 15");
      }
    }
  }

  @Test
  void lengthsThatCannotBeAreNamed() {
    for (int length : new int[] {-1, 0, 48, Integer.MAX_VALUE}) {
      ByteBuffer broken = batch(10, 5, CompressionType.NONE).putInt(BATCH_LENGTH_AT, length);
      PartitionCursor cursor = cursorWith(broken);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      try (RecordTaker<byte[], byte[]> taker = taker(true, 1 << 20)) {
        if (length == Integer.MAX_VALUE) {
          taker.take(cursor, 100, records);
          assertThat(records).as("the rest of the batch is asked for").isEmpty();
        } else {
          assertThatThrownBy(() -> taker.take(cursor, 100, records))
              .isInstanceOf(KafkaException.class)
              .hasMessageContaining("orders-4")
              .hasMessageContaining(String.valueOf(length))
              .hasMessageContaining("seek to offset 1,");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBatchThatEndsTooSoonIsNamedThoughNoChecksumIsCompared(CompressionType codec) {
    ByteBuffer cut = batch(10, 50, codec).limit(HEADER_BYTES + 20);
    cut.putInt(BATCH_LENGTH_AT, cut.limit() - BATCH_LENGTH_AT - Integer.BYTES);
    PartitionCursor cursor = cursorWith(cut);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (RecordTaker<byte[], byte[]> taker = taker(false, 1 << 20)) {
      assertThatThrownBy(
              () -> {
                taker.take(cursor, 1_000, records);
                taker.take(cursor, 1_000, new ArrayList<>());
              })
          .isInstanceOf(KafkaException.class)
          .hasMessageContaining("orders-4")
          .hasMessageContaining("the batch at offset 10 is corrupt");
    }
    assertThat(records).hasSizeLessThan(3);
  }

  @ParameterizedTest
  @EnumSource
  void aBatchThatCountsMoreRecordsThanItHasYieldsThoseItHas(CompressionType codec) {
    for (int count : new int[] {51, Integer.MAX_VALUE}) {
      PartitionCursor cursor = cursorWith(batch(10, 50, codec).putInt(RECORD_COUNT_AT, count));
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      try (RecordTaker<byte[], byte[]> taker = taker(false, 1 << 20)) {
        taker.take(cursor, 1_000, records);
      }
      assertThat(records).hasSize(50);
      assertThat(cursor.position()).isEqualTo(60);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aBatchThatBecomesTooLargeIsNamedWithTheSettingThatAllowsIt(CompressionType codec) {
    SimpleRecord zeros = new SimpleRecord(new byte[1 << 20]);
    ByteBuffer bomb =
        MemoryRecords.withRecords(10, Compression.of(codec).build(), zeros, zeros).buffer();
    PartitionCursor cursor = cursorWith(bomb);
    try (RecordTaker<byte[], byte[]> taker = taker(true, 1 << 16)) {
      assertThatThrownBy(() -> taker.take(cursor, 100, new ArrayList<>()))
          .isInstanceOf(KafkaException.class)
          .hasMessageContaining("orders-4")
          .hasMessageContaining("offset 10")
          .hasMessageContaining("fetch.max.decompressed.batch.bytes")
          .hasMessageContaining("seek to offset 12");
    }
  }

  @ParameterizedTest
  @EnumSource
  void changedBytesRaiseNothingButWhatTheUserIsToldThoughNoChecksumIsCompared(
      CompressionType codec) {
    Random random = new Random(codec.id);
    RecordTaker<byte[], byte[]> taker = taker(false, 1 << 20);
    for (int run = 0; run < 1_000; run++) {
      ByteBuffer changed = batch(10, 20, codec);
      for (int change = 0; change <= random.nextInt(3); change++) {
        int at = random.nextInt(changed.limit());
        if (at < CHECKSUM_AT || at >= CHECKSUM_AT + Integer.BYTES) {
          changed.put(at, (byte) random.nextInt());
        }
      }
      PartitionCursor cursor = cursorWith(changed);
      try {
        while (cursor.batches() != null) {
          taker.take(cursor, 7, new ArrayList<>());
        }
      } catch (KafkaException e) {
        assertThat(e).hasMessageContaining("orders-4");
      }
    }
    taker.close();
  }
}

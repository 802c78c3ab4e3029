package io.millstream.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.record.TimestampType;
import io.millstream.compression.Codec;
import io.millstream.record.CorruptBatchException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Apache's classes wrote is read. */
class RecordBatchReaderTest {

  private static final long BOUND = 1 << 24;
  private static final String APPEND_TIME = "LogAppendTime";

  private static ByteBuffer apache(
      Codec codec, long baseOffset, String timestampType, List<TestRecord> records) {
    MemoryRecordsBuilder builder =
        new MemoryRecordsBuilder(
            ByteBuffer.allocate(1024),
            RecordBatch.MAGIC_VALUE_V2,
            Compression.of(codec.codecName()).build(),
            org.apache.kafka.common.record.TimestampType.forName(timestampType),
            baseOffset,
            4242,
            31,
            (short) 5,
            77,
            true,
            false,
            12,
            Integer.MAX_VALUE);
    // every other offset is left out, as compaction does
    for (int i = 0; i < records.size(); i++) {
      builder.appendWithOffset(baseOffset + 2L * i, records.get(i).simple());
    }
    return builder.build().buffer();
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void readsWhatApacheWrote(Codec codec) {
    try (RecordBatchReader reader = new RecordBatchReader(BOUND, true)) {
      for (int seed = 0; seed < 60; seed++) {
        Random random = new Random(seed);
        List<TestRecord> first = TestRecord.random(random, 1 + random.nextInt(100), 4000);
        List<TestRecord> second = TestRecord.random(random, 1 + random.nextInt(10), 200_000);
        ByteBuffer one = apache(codec, 1000, "CreateTime", first);
        ByteBuffer two = apache(codec, 5000, APPEND_TIME, second);
        ByteBuffer all =
            random.nextBoolean()
                ? ByteBuffer.allocate(3 + one.remaining() + two.remaining() + 20)
                : ByteBuffer.allocateDirect(3 + one.remaining() + two.remaining() + 20);
        int cut = random.nextInt(20);
        all.position(3).put(one).put(two);
        all.put(one.flip().limit(cut)).flip().position(3);
        reader.reset(random.nextBoolean() ? all : all.asReadOnlyBuffer());

        assertThat(reader.nextBatch()).isTrue();
        assertHeader(reader.batch(), codec, 1000, first.size());
        assertThat(reader.batch().timestampType()).isEqualTo(TimestampType.CREATE_TIME);
        for (int i = 0; i < first.size(); i++) {
          assertThat(reader.nextRecord()).isTrue();
          first.get(i).assertSame(reader);
          assertThat(reader.offset()).isEqualTo(1000 + 2L * i);
          assertThat(reader.timestampMillis()).isEqualTo(first.get(i).timestampMillis());
        }
        assertThat(reader.nextRecord()).isFalse();
        assertThat(reader.nextRecord()).isFalse();

        assertThat(reader.nextBatch()).isTrue();
        assertHeader(reader.batch(), codec, 5000, second.size());
        for (int i = 0; i < second.size(); i++) {
          assertThat(reader.nextRecord()).isTrue();
          second.get(i).assertSame(reader);
          assertThat(reader.timestampMillis()).isEqualTo(4242);
          assertThat(reader.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        }
        assertThat(reader.nextRecord()).isFalse();
        assertThat(reader.nextBatch()).isFalse();
        assertThat(reader.batch().bytesOfPartialBatch()).isEqualTo(cut);
      }
    }
  }

  private static void assertHeader(RecordBatchCursor batch, Codec codec, long base, int count) {
    assertThat(batch.magic()).isEqualTo(2);
    assertThat(batch.codec()).isEqualTo(codec);
    assertThat(batch.baseOffset()).isEqualTo(base);
    assertThat(batch.lastOffset()).isEqualTo(base + 2L * (count - 1));
    assertThat(batch.recordCount()).isEqualTo(count);
    assertThat(batch.leaderEpoch()).isEqualTo(12);
    assertThat(batch.producerId()).isEqualTo(31);
    assertThat(batch.producerEpoch()).isEqualTo((short) 5);
    assertThat(batch.baseSequence()).isEqualTo(77);
    assertThat(batch.isTransactional()).isTrue();
    assertThat(batch.isControl()).isFalse();
  }

  @Test
  void passesOverBatchesWithoutRecords() {
    ByteBuffer empty = ByteBuffer.allocate(DefaultRecordBatch.RECORD_BATCH_OVERHEAD);
    DefaultRecordBatch.writeEmptyHeader(
        empty,
        RecordBatch.MAGIC_VALUE_V2,
        3,
        (short) 1,
        9,
        100,
        150,
        4,
        org.apache.kafka.common.record.TimestampType.CREATE_TIME,
        77,
        false,
        false);
    try (RecordBatchReader reader = new RecordBatchReader(BOUND, true)) {
      reader.reset(empty.flip());
      assertThat(reader.nextBatch()).isTrue();
      assertThat(reader.batch().lastOffset()).isEqualTo(150);
      assertThat(reader.nextRecord()).isFalse();
      assertThat(reader.nextBatch()).isFalse();
    }
  }

  @Test
  void readsTheMarkersOfTransactions() {
    try (RecordBatchReader reader = new RecordBatchReader(BOUND, true)) {
      for (ControlType type : List.of(ControlType.COMMIT, ControlType.ABORT)) {
        MemoryRecords marker =
            MemoryRecords.withEndTransactionMarker(
                40,
                1000,
                6,
                31,
                (short) 5,
                new EndTransactionMarker(ControlRecordType.valueOf(type.name()), 3));
        reader.reset(marker.buffer());
        assertThat(reader.nextBatch()).isTrue();
        assertThat(reader.batch().isControl()).isTrue();
        assertThat(reader.nextRecord()).isTrue();
        assertThat(reader.controlType()).isEqualTo(type);
        assertThat(reader.offset()).isEqualTo(40);
        assertThat(reader.nextRecord()).isFalse();
      }
    }
  }

  private static ByteBuffer small(Codec codec) {
    SimpleRecord[] records = {
      new SimpleRecord(1, "a".getBytes(java.nio.charset.StandardCharsets.UTF_8), new byte[50]),
      new SimpleRecord(2, null, new byte[500])
    };
    return MemoryRecords.withRecords(77, Compression.of(codec.codecName()).build(), records)
        .buffer();
  }

  private static Reason reasonOf(ByteBuffer bytes, boolean checksumVerified) {
    try (RecordBatchReader reader = new RecordBatchReader(400, checksumVerified)) {
      reader.reset(bytes);
      reader.nextBatch();
      while (reader.nextRecord()) {
        reader.value();
      }
      throw new AssertionError("was read");
    } catch (CorruptBatchException e) {
      assertThat(e).hasMessageContaining("77");
      assertThat(e.baseOffset()).isEqualTo(77);
      return e.reason();
    }
  }

  @Test
  void saysWhatIsWrongWithABatch() {
    int crc = BatchLayout.CRC;
    ByteBuffer badChecksum = small(Codec.NONE);
    badChecksum.put(crc, (byte) ~badChecksum.get(crc));
    assertThat(reasonOf(badChecksum, true)).isEqualTo(Reason.BAD_CHECKSUM);
    ByteBuffer tooShort = small(Codec.NONE).putInt(BatchLayout.LENGTH, 48);
    assertThat(reasonOf(tooShort, true)).isEqualTo(Reason.WRONG_LENGTH);
    ByteBuffer negative = small(Codec.NONE).putInt(BatchLayout.LENGTH, -1);
    assertThat(reasonOf(negative, true)).isEqualTo(Reason.WRONG_LENGTH);
    ByteBuffer magic = small(Codec.NONE).put(BatchLayout.MAGIC, (byte) 3);
    assertThat(reasonOf(magic, true)).isEqualTo(Reason.UNKNOWN_FORMAT);
    ByteBuffer codec = small(Codec.NONE).putShort(BatchLayout.ATTRIBUTES, (short) 5);
    assertThat(reasonOf(codec, false)).isEqualTo(Reason.CANNOT_DECOMPRESS);
    ByteBuffer notGzip = small(Codec.NONE).putShort(BatchLayout.ATTRIBUTES, (short) 1);
    assertThat(reasonOf(notGzip, false)).isEqualTo(Reason.CANNOT_DECOMPRESS);
    ByteBuffer fewer = small(Codec.NONE).putInt(BatchLayout.RECORD_COUNT, 1);
    assertThat(reasonOf(fewer, false)).isEqualTo(Reason.BAD_RECORD);
    ByteBuffer more = small(Codec.NONE).putInt(BatchLayout.RECORD_COUNT, 3);
    assertThat(reasonOf(more, false)).isEqualTo(Reason.BAD_RECORD);
    ByteBuffer claims = small(Codec.NONE).putInt(BatchLayout.RECORD_COUNT, -3);
    assertThat(reasonOf(claims, false)).isEqualTo(Reason.BAD_RECORD);
  }

  @ParameterizedTest
  @EnumSource(value = Codec.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void refusesABatchThatBecomesTooLarge(Codec codec) {
    assertThat(reasonOf(small(codec), true)).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void goesOnWithTheNextBatchAfterACorruptOne() {
    ByteBuffer bad = small(Codec.GZIP);
    bad.put(70, (byte) ~bad.get(70));
    ByteBuffer good = small(Codec.LZ4);
    ByteBuffer both = ByteBuffer.allocate(bad.remaining() + good.remaining()).put(bad).put(good);
    try (RecordBatchReader reader = new RecordBatchReader(BOUND, true)) {
      reader.reset(both.flip());
      assertThat(reader.nextBatch()).isTrue();
      assertThatThrownBy(reader::nextRecord).isInstanceOf(CorruptBatchException.class);
      assertThatThrownBy(reader::nextRecord).isInstanceOf(CorruptBatchException.class);
      assertThat(reader.nextBatch()).isTrue();
      assertThat(reader.nextRecord()).isTrue();
      assertThat(reader.nextRecord()).isTrue();
      assertThat(reader.nextRecord()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void readsWhatWasSplit(Codec codec) {
    for (int seed = 0; seed < 20; seed++) {
      List<TestRecord> records = TestRecord.random(new Random(seed), 60, 300);
      CountedChunks chunks = new CountedChunks(512);
      RecordBatchWriter whole = new RecordBatchWriter(chunks, 512, 512);
      for (TestRecord record : records) {
        assertThat(
                whole.tryAppend(
                    record.timestampMillis(), record.key(), record.value(), record.headers()))
            .isTrue();
      }
      try (var compression = io.millstream.compression.Compression.of(codec)) {
        assertThat(whole.compress(compression, chunks)).isTrue();
      }
      whole.seal(1, (short) 2, 3, true);
      List<RecordBatchWriter> parts = new BatchSplitter(chunks, 512, 1500).split(whole);
      whole.release();

      assertThat(parts).hasSizeGreaterThan(2);
      List<TestRecord> left = new ArrayList<>(records);
      try (RecordBatchReader reader = new RecordBatchReader(BOUND, true)) {
        for (RecordBatchWriter part : parts) {
          assertThat(part.rawBytes()).isLessThanOrEqualTo(1500);
          part.seal(1, (short) 2, 3, true);
          reader.reset(TestRecord.gather(part));
          assertThat(reader.nextBatch()).isTrue();
          while (reader.nextRecord()) {
            TestRecord next = left.remove(0);
            next.assertSame(reader);
            assertThat(reader.timestampMillis()).isEqualTo(next.timestampMillis());
          }
          part.release();
        }
      }
      assertThat(left).isEmpty();
      assertThat(chunks.takenCount()).isZero();
    }
  }

  @Test
  void splitsNothingWhereMemoryRunsOut() {
    RecordBatchWriter whole = new RecordBatchWriter(new CountedChunks(512), 512, 512);
    for (TestRecord record : TestRecord.random(new Random(1), 60, 300)) {
      assertThat(
              whole.tryAppend(
                  record.timestampMillis(), record.key(), record.value(), record.headers()))
          .isTrue();
    }
    whole.seal(1, (short) 2, 3, true);
    CountedChunks few = new CountedChunks(512, 4);
    assertThat(new BatchSplitter(few, 512, 1500).split(whole)).isEmpty();
    assertThat(few.takenCount()).isZero();
  }
}

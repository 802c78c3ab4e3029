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
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of magic 0 and 1, written by Apache's builder, and read by both readers. */
class MessageSetTest {

  private static final long BOUND = 1 << 24;

  static Stream<Arguments> formats() {
    return Stream.of(Codec.NONE, Codec.GZIP, Codec.SNAPPY, Codec.LZ4)
        .flatMap(
            codec ->
                Stream.of(
                    Arguments.of(0, codec, "NoTimestampType"),
                    Arguments.of(1, codec, "CreateTime"),
                    Arguments.of(1, codec, "LogAppendTime")));
  }

  static ByteBuffer apache(
      int magic, Codec codec, String timestampType, long firstOffset, List<TestRecord> records) {
    MemoryRecordsBuilder builder =
        new MemoryRecordsBuilder(
            ByteBuffer.allocate(64),
            (byte) magic,
            Compression.of(codec.codecName()).build(),
            org.apache.kafka.common.record.TimestampType.forName(timestampType),
            firstOffset,
            4242,
            -1,
            (short) -1,
            -1,
            false,
            false,
            -1,
            Integer.MAX_VALUE);
    long offset = firstOffset;
    for (TestRecord record : records) {
      long timestamp = magic == 0 ? RecordBatch.NO_TIMESTAMP : record.timestampMillis();
      builder.appendWithOffset(offset, timestamp, record.key(), record.value());
      // gaps, as compaction leaves them
      offset += 1 + record.headerList().size();
    }
    return builder.build().buffer();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void isReadAsApacheReadsIt(int magic, Codec codec, String timestampType) {
    try (RecordBatchReader reader = new RecordBatchReader(BOUND, true)) {
      for (int seed = 0; seed < 60; seed++) {
        Random random = new Random(seed);
        List<ByteBuffer> sets = new ArrayList<>();
        int bytes = 0;
        for (int i = 0; i < 3; i++) {
          List<TestRecord> records = TestRecord.random(random, 1 + random.nextInt(50), 2000);
          long firstOffset = seed == 0 && i == 0 ? 0 : i * 1000L;
          sets.add(apache(magic, codec, timestampType, firstOffset, records));
          bytes += sets.get(i).remaining();
        }
        ByteBuffer all =
            random.nextBoolean() ? ByteBuffer.allocate(bytes) : ByteBuffer.allocateDirect(bytes);
        sets.forEach(all::put);
        assertSame(reader, all.flip());
      }
    }
  }

  private static void assertSame(RecordBatchReader reader, ByteBuffer all) {
    reader.reset(all);
    for (var batch : MemoryRecords.readableRecords(all.duplicate()).batches()) {
      assertThat(reader.nextBatch()).isTrue();
      assertThat(reader.batch().magic()).isEqualTo(batch.magic());
      assertThat(reader.batch().lastOffset()).isEqualTo(batch.lastOffset());
      assertThat(reader.batch().codec()).isEqualTo(Codec.of(batch.compressionType().id));
      assertThat(reader.batch().maxTimestampMillis()).isEqualTo(batch.maxTimestamp());
      assertThat(reader.batch().timestampType())
          .isEqualTo(TimestampType.forName(batch.timestampType().name));
      assertThat(reader.batch().producerId()).isEqualTo(-1);
      for (Record record : batch) {
        assertThat(reader.nextRecord()).isTrue();
        assertThat(reader.offset()).isEqualTo(record.offset());
        assertThat(reader.timestampMillis()).isEqualTo(record.timestamp());
        assertThat(reader.timestampType())
            .isEqualTo(TimestampType.forName(batch.timestampType().name));
        assertThat(reader.key()).isEqualTo(Utils.toNullableArray(record.key()));
        assertThat(reader.value()).isEqualTo(Utils.toNullableArray(record.value()));
        assertThat(reader.headers()).isEmpty();
      }
      assertThat(reader.nextRecord()).isFalse();
    }
    assertThat(reader.nextBatch()).isFalse();
    assertThat(reader.batch().bytesOfPartialBatch()).isZero();
  }

  @Test
  void formatsMayFollowOneAnother() {
    Random random = new Random(3);
    List<TestRecord> records =
        TestRecord.random(random, 20, 100).stream()
            .map(any -> new TestRecord(any.timestampMillis(), any.key(), any.value(), List.of()))
            .toList();
    ByteBuffer all = ByteBuffer.allocate(100_000);
    all.put(apache(0, Codec.GZIP, "NoTimestampType", 0, records));
    all.put(apache(1, Codec.NONE, "CreateTime", 1000, records));
    all.put(apache(2, Codec.LZ4, "CreateTime", 2000, records));
    all.put(apache(1, Codec.LZ4, "LogAppendTime", 3000, records));
    int count = 0;
    try (RecordBatchReader reader = new RecordBatchReader(BOUND, true)) {
      reader.reset(all.flip());
      while (reader.nextBatch()) {
        while (reader.nextRecord()) {
          records.get(count++ % records.size()).assertSame(reader);
        }
      }
    }
    assertThat(count).isEqualTo(4 * records.size());
  }

  private static ByteBuffer withChecksum(ByteBuffer message) {
    CRC32 checksum = new CRC32();
    checksum.update(message.slice(BatchLayout.MAGIC, message.limit() - BatchLayout.MAGIC));
    return message.putInt(BatchLayout.MESSAGE_CRC, (int) checksum.getValue());
  }

  private static Reason reasonOf(ByteBuffer message, long bound) {
    try (RecordBatchReader reader = new RecordBatchReader(bound, true)) {
      reader.reset(message);
      assertThat(reader.nextBatch()).isTrue();
      while (reader.nextRecord()) {
        reader.value();
      }
      throw new AssertionError("was read");
    } catch (CorruptBatchException e) {
      return e.reason();
    }
  }

  @Test
  void saysWhatIsWrongWithAMessage() {
    List<TestRecord> records = TestRecord.random(new Random(8), 10, 500);
    ByteBuffer message = apache(1, Codec.GZIP, "CreateTime", 100, records);
    assertThat(reasonOf(message, 100)).isEqualTo(Reason.TOO_LARGE);
    ByteBuffer changed = message.duplicate().put(30, (byte) ~message.get(30));
    assertThat(reasonOf(changed, BOUND)).isEqualTo(Reason.BAD_CHECKSUM);
    changed.put(30, (byte) ~message.get(30));

    byte attributes = message.get(BatchLayout.MESSAGE_ATTRIBUTES);
    for (Codec wrong : List.of(Codec.SNAPPY, Codec.LZ4)) {
      message.put(BatchLayout.MESSAGE_ATTRIBUTES, (byte) ((attributes & ~7) | wrong.id()));
      assertThat(reasonOf(withChecksum(message), BOUND)).isEqualTo(Reason.CANNOT_DECOMPRESS);
    }
    message.put(BatchLayout.MESSAGE_ATTRIBUTES, (byte) ((attributes & ~7) | Codec.ZSTD.id()));
    assertThat(reasonOf(withChecksum(message), BOUND)).isEqualTo(Reason.BAD_RECORD);
    message.put(BatchLayout.MESSAGE_ATTRIBUTES, attributes);
    message.putLong(BatchLayout.BASE_OFFSET, 1);
    assertThat(reasonOf(withChecksum(message), BOUND)).isEqualTo(Reason.BAD_RECORD);
  }

  @Test
  void checksumsOfInnerMessagesAreVerified() {
    byte[] noise = new byte[500];
    new Random(1).nextBytes(noise);
    TestRecord record = new TestRecord(5, noise, null, List.of());
    ByteBuffer inner = apache(1, Codec.NONE, "CreateTime", 0, List.of(record));
    inner.put(100, (byte) ~inner.get(100));
    byte[] innerBytes = new byte[inner.remaining()];
    inner.get(innerBytes);
    ByteBuffer compressed = ByteBuffer.allocate(2000);
    try (var gzip = io.millstream.compression.Compression.of(Codec.GZIP)) {
      assertThat(gzip.compress(List.of(ByteBuffer.wrap(innerBytes)), () -> compressed)).isTrue();
    }
    int valueBytes = compressed.flip().remaining();
    ByteBuffer outer = ByteBuffer.allocate(BatchLayout.leastMessageBytes(1) + valueBytes);
    outer.putLong(9).putInt(outer.capacity() - BatchLayout.PREFIX_BYTES).putInt(0);
    outer.put((byte) 1).put((byte) Codec.GZIP.id()).putLong(5).putInt(-1);
    outer.putInt(valueBytes).put(compressed).flip();
    assertThat(reasonOf(withChecksum(outer), BOUND)).isEqualTo(Reason.BAD_RECORD);
    try (RecordBatchReader lenient = new RecordBatchReader(BOUND, false)) {
      lenient.reset(outer);
      assertThat(lenient.nextBatch()).isTrue();
      assertThat(lenient.nextRecord()).isTrue();
      assertThat(lenient.offset()).isEqualTo(9);
    }
  }

  @Test
  void whatABrokerDoesIsNotDoneToOldFormats() {
    ByteBuffer old = apache(1, Codec.NONE, "CreateTime", 0, TestRecord.random(new Random(1), 1, 9));
    assertThatThrownBy(() -> LogAppend.assignOffsets(old, 5, 1))
        .isInstanceOf(CorruptBatchException.class);
  }
}

package io.millstream.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.millstream.common.header.Header;
import io.millstream.compression.Codec;
import io.millstream.compression.Compression;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hot path takes no memory but what it hands to its caller. */
class RecordAllocationTest {

  private static final int RECORDS = 10_000;
  private static final int MIB = 1024 * 1024;

  /** What measuring itself takes, and a few objects per batch; far below a byte per record. */
  private static final long NEXT_TO_NOTHING = 5_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final byte[] key = new byte[10];
  private final byte[] value = new byte[100];
  private final Header[] headers = {new TestRecord.TestHeader("kéy", new byte[5])};

  private RecordBatchWriter fill(CountedChunks chunks) {
    RecordBatchWriter writer = new RecordBatchWriter(chunks, 1, 1);
    for (int i = 0; i < RECORDS; i++) {
      if (!writer.tryAppend(1_000 + i, key, value, headers)) {
        throw new AssertionError();
      }
    }
    return writer;
  }

  @Test
  void appendingAllocatesNothing() {
    CountedChunks chunks = new CountedChunks(4 * RECORDS * 100);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      RecordBatchWriter writer = fill(chunks);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      writer.release();
    }
    assertThat(least).isLessThan(NEXT_TO_NOTHING);
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void readingAllocatesNothing(Codec codec) {
    CountedChunks chunks = new CountedChunks(100_000);
    RecordBatchWriter writer = fill(chunks);
    try (Compression compression = Compression.of(codec)) {
      assertThat(writer.compress(compression, chunks)).isTrue();
    }
    writer.seal(1, (short) 1, 1, false);
    ByteBuffer batch = TestRecord.gather(writer);
    try (RecordBatchReader reader = new RecordBatchReader(10_000_000, true)) {
      long least = Long.MAX_VALUE;
      for (int i = 0; i < 20; i++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        reader.reset(batch);
        int count = 0;
        while (reader.nextBatch()) {
          while (reader.nextRecord()) {
            count++;
          }
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        assertThat(count).isEqualTo(RECORDS);
      }
      assertThat(least).isLessThan(NEXT_TO_NOTHING);
    }
  }

  private static ByteBuffer oneRecord(Codec codec, int valueBytes) {
    return MemoryRecords.withRecords(
            77,
            org.apache.kafka.common.compress.Compression.of(codec.codecName()).build(),
            new SimpleRecord(new byte[valueBytes]))
        .buffer();
  }

  @ParameterizedTest
  @EnumSource(value = Codec.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void refusingARecordThatClaimsMoreThanABatchMayHaveTakesNoMemoryForIt(Codec codec) {
    ByteBuffer bomb = oneRecord(codec, 40 * MIB);
    try (RecordBatchReader reader = new RecordBatchReader(20 * MIB, true)) {
      reader.reset(bomb);
      assertThat(reader.nextBatch()).isTrue();
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThatThrownBy(reader::nextRecord)
          .isInstanceOfSatisfying(
              CorruptBatchException.class,
              e -> assertThat(e.reason()).isEqualTo(CorruptBatchException.Reason.TOO_LARGE));
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MIB);
    }
  }

  @Test
  void decompressingTakesNoMoreAtOnceThanABatchMayHave() {
    ByteBuffer large = oneRecord(Codec.LZ4, 9 * MIB);
    try (RecordBatchReader reader = new RecordBatchReader(10 * MIB, true)) {
      reader.reset(large);
      assertThat(reader.nextBatch()).isTrue();
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThat(reader.nextRecord()).isTrue();
      // 128 KiB and so on up to 8 MiB, and then 10 instead of 16.
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(27 * MIB);
      assertThat(reader.nextRecord()).isFalse();
    }
  }
}

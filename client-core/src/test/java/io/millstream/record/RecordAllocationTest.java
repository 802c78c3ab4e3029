package io.millstream.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millstream.common.header.Header;
import io.millstream.compression.Codec;
import io.millstream.compression.Compression;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hot path takes no memory but what it hands to its caller. */
class RecordAllocationTest {

  private static final int RECORDS = 10_000;

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
}

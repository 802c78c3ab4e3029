package io.millstream.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.api.Test;

/** Apache's classes are the oracle. */
class LogAppendTest {

  private static ByteBuffer batches(int... counts) {
    ByteBuffer all = ByteBuffer.allocate(100_000).position(7);
    for (int count : counts) {
      RecordBatchWriter writer = new RecordBatchWriter(HeapChunks.INSTANCE, 1, 100);
      for (TestRecord record : TestRecord.random(new Random(count), count, 50)) {
        assertThat(
                writer.tryAppend(
                    record.timestampMillis(), record.key(), record.value(), record.headers()))
            .isTrue();
      }
      writer.seal(1, (short) 2, 3, false);
      all.put(TestRecord.gather(writer));
    }
    return all.limit(all.position()).position(7);
  }

  @Test
  void givesOffsetsAndLeaderEpochWithoutHarmToTheChecksum() {
    ByteBuffer batches = batches(3, 1, 20);
    assertThat(LogAppend.countRecords(batches)).isEqualTo(24);
    assertThat(LogAppend.assignOffsets(batches, 100, 9)).isEqualTo(124);
    assertThat(batches.position()).isEqualTo(7);
    long offset = 100;
    for (RecordBatch batch : MemoryRecords.readableRecords(batches.slice()).batches()) {
      batch.ensureValid();
      assertThat(batch.partitionLeaderEpoch()).isEqualTo(9);
      for (var record : batch) {
        assertThat(record.offset()).isEqualTo(offset++);
      }
    }
    assertThat(offset).isEqualTo(124);
  }

  @Test
  void stampsTheTimeOfAppending() {
    ByteBuffer batches = batches(3, 5);
    LogAppend.stampAppendTime(batches, 777);
    for (RecordBatch batch : MemoryRecords.readableRecords(batches.slice()).batches()) {
      batch.ensureValid();
      assertThat(batch.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
      assertThat(batch).allMatch(record -> record.timestamp() == 777);
    }
  }

  @Test
  void endsTransactionsAsBrokersDo() {
    for (ControlRecordType type :
        new ControlRecordType[] {ControlRecordType.COMMIT, ControlRecordType.ABORT}) {
      ByteBuffer ours =
          LogAppend.endOfTransaction(ControlType.valueOf(type.name()), 1000, 31, (short) 5, 3);
      LogAppend.assignOffsets(ours, 40, 6);
      ByteBuffer apaches =
          MemoryRecords.withEndTransactionMarker(
                  40, 1000, 6, 31, (short) 5, new EndTransactionMarker(type, 3))
              .buffer();
      try (RecordBatchReader reader = new RecordBatchReader(1000, true)) {
        reader.reset(ours);
        assertThat(reader.nextBatch()).isTrue();
        assertThat(reader.nextRecord()).isTrue();
        assertThat(reader.controlType().name()).isEqualTo(type.name());
      }
      assertThat(ours).isEqualTo(apaches);
    }
    assertThatThrownBy(() -> LogAppend.endOfTransaction(ControlType.OTHER, 1000, 31, (short) 5, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package io.millstream.benchmarks.parts;

import io.millstream.benchmarks.producer.Values;
import io.millstream.common.header.Header;
import io.millstream.record.RecordBatchWriter;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it takes to lay one record out in a batch of a hundred, the checksum not included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(AppendBenchmark.RECORDS)
public class AppendBenchmark {

  static final int RECORDS = 100;

  private static final long TIMESTAMP_MILLIS = 1_700_000_000_000L;
  private static final int ROOM_BYTES = 128 * 1024;
  private static final Header[] NO_HEADERS = {};
  private static final org.apache.kafka.common.header.Header[] NONE_OF_APACHE = {};

  /** Bytes of a value. */
  @Param({"100", "1000"})
  public int valueBytes;

  private final Chunks chunks = new Chunks();
  private final ByteBuffer buffer = ByteBuffer.allocate(ROOM_BYTES);
  private Values values = new Values(1);
  private long next;

  /** Makes the values. */
  @Setup
  public void makeValues() {
    values = new Values(valueBytes);
  }

  /** Ours. */
  @Benchmark
  public int millstream() {
    RecordBatchWriter writer = new RecordBatchWriter(chunks, Chunks.BYTES, Chunks.BYTES);
    for (int i = 0; i < RECORDS; i++) {
      writer.tryAppend(TIMESTAMP_MILLIS, null, values.get(next++), NO_HEADERS);
    }
    int bytes = writer.rawBytes();
    writer.release();
    return bytes;
  }

  /** Apache's. */
  @Benchmark
  public int apache() {
    buffer.clear();
    MemoryRecordsBuilder builder =
        MemoryRecords.builder(buffer, Compression.NONE, TimestampType.CREATE_TIME, 0);
    for (int i = 0; i < RECORDS; i++) {
      builder.append(TIMESTAMP_MILLIS, null, values.get(next++), NONE_OF_APACHE);
    }
    return builder.numRecords();
  }
}

package io.millstream.benchmarks.parts;

import io.millstream.benchmarks.producer.Values;
import io.millstream.common.header.Header;
import io.millstream.compression.Codec;
import io.millstream.compression.Compression;
import io.millstream.record.RecordBatchWriter;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one batch of a thousand records of 100 bytes takes until it could be sent: records laid out,
 * compressed, header and checksum. Apache's client compresses while it lays out, so that only the
 * whole can be compared.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SealBenchmark {

  private static final int RECORDS = 1_000;
  private static final long TIMESTAMP_MILLIS = 1_700_000_000_000L;
  private static final int ROOM_BYTES = 256 * 1024;
  private static final Header[] NO_HEADERS = {};
  private static final org.apache.kafka.common.header.Header[] NONE_OF_APACHE = {};

  /** How batches are compressed. */
  @Param({"none", "gzip", "snappy", "lz4", "zstd"})
  public String codec = "none";

  private final Chunks chunks = new Chunks();
  private final ByteBuffer buffer = ByteBuffer.allocate(ROOM_BYTES);
  private final Values values = new Values(100);
  private Compression compression = Compression.of(Codec.NONE);
  private org.apache.kafka.common.compress.Compression apachesCompression =
      org.apache.kafka.common.compress.Compression.NONE;
  private long next;

  /** Makes the codecs. */
  @Setup
  public void makeCodecs() {
    compression = Compression.of(Codec.valueOf(codec.toUpperCase(Locale.ROOT)));
    apachesCompression =
        org.apache.kafka.common.compress.Compression.of(CompressionType.forName(codec)).build();
  }

  /** Ours. */
  @Benchmark
  public int millstream() {
    RecordBatchWriter writer = new RecordBatchWriter(chunks, Chunks.BYTES, Chunks.BYTES);
    for (int i = 0; i < RECORDS; i++) {
      writer.tryAppend(TIMESTAMP_MILLIS, null, values.get(next++), NO_HEADERS);
    }
    writer.compress(compression, chunks);
    writer.seal(1, (short) 0, 0, false);
    int bytes = writer.wireBytes();
    writer.release();
    return bytes;
  }

  /** Apache's. */
  @Benchmark
  public int apache() {
    buffer.clear();
    MemoryRecordsBuilder builder =
        MemoryRecords.builder(buffer, apachesCompression, TimestampType.CREATE_TIME, 0);
    for (int i = 0; i < RECORDS; i++) {
      builder.append(TIMESTAMP_MILLIS, null, values.get(next++), NONE_OF_APACHE);
    }
    builder.setProducerState(1, (short) 0, 0, false);
    return builder.build().sizeInBytes();
  }
}

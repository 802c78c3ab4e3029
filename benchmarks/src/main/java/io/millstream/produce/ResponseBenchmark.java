package io.millstream.produce;

import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.common.header.Header;
import io.millstream.network.EventLoop;
import io.millstream.network.SystemEnvironment;
import io.millstream.protocol.ProduceResponse;
import io.millstream.protocol.ProduceResponse.PartitionProduceResponse;
import io.millstream.protocol.ProduceResponse.TopicProduceResponse;
import io.millstream.record.RecordBatchWriter;
import io.millstream.wire.ChunkSource;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the bytes of an answer to the callbacks, for each record: an answer for ten partitions whose
 * batches have a hundred records each. It lies in this package because batches do.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(ResponseBenchmark.PARTITIONS * ResponseBenchmark.RECORDS)
public class ResponseBenchmark {

  static final int PARTITIONS = 10;
  static final int RECORDS = 100;

  private static final short VERSION = 13;
  private static final Header[] NO_HEADERS = {};
  private static final org.apache.kafka.common.header.Header[] NONE_OF_APACHE = {};
  private static final byte[] VALUE = new byte[10];

  private static ByteBuffer answer() {
    List<PartitionProduceResponse> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(
          PartitionProduceResponse.defaults()
              .withIndex(i)
              .withBaseOffset(1_000_000L * i)
              .withLogAppendTimeMs(-1)
              .withLogStartOffset(0));
    }
    ProduceResponse response =
        ProduceResponse.defaults()
            .withResponses(List.of(new TopicProduceResponse("", new Uuid(1, 2), partitions)));
    WireWriter out = new WireWriter();
    response.write(out, VERSION);
    ByteBuffer[] frame = out.toFrame();
    ByteBuffer whole = ByteBuffer.allocate(64 * 1024);
    for (ByteBuffer part : frame) {
      whole.put(part);
    }
    // The size goes before the message.
    return whole.flip().position(Integer.BYTES).slice();
  }

  /** Batches of ours that are under way. */
  @State(Scope.Thread)
  public static class Ours {

    private final EventLoop loop = new EventLoop(new SystemEnvironment("benchmark"), "benchmark");
    private final CallbackRunner callbacks =
        new CallbackRunner(
            "benchmark", loop.environment().clock(), new SendMetrics(loop.metrics()));
    private final ByteBuffer answer = answer();
    private final List<ProducerBatch> batches = new ArrayList<>();
    private long offsets;

    /** Makes the batches. */
    @Setup(Level.Invocation)
    public void makeBatches() {
      batches.clear();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        ProducerBatch batch =
            new ProducerBatch(
                new TopicPartition("topic", partition),
                loop,
                new RecordBatchWriter(HEAP, 4_096, 4_096),
                0,
                RECORDS);
        for (int i = 0; i < RECORDS; i++) {
          batch.tryAppend(
              i, null, VALUE, NO_HEADERS, (metadata, exception) -> offsets += metadata.offset());
        }
        batch.transition(ProducerBatch.State.SEALED);
        batch.transition(ProducerBatch.State.READY);
        batch.transition(ProducerBatch.State.IN_FLIGHT);
        batches.add(batch);
      }
    }
  }

  private static final ChunkSource HEAP =
      new ChunkSource() {
        @Override
        public ByteBuffer take(int leastBytes) {
          return ByteBuffer.allocate(leastBytes);
        }

        @Override
        public void giveBack(ByteBuffer chunk) {}
      };

  /** Batches of Apache's that are under way. */
  @State(Scope.Thread)
  public static class Apaches {

    private final ByteBuffer answer = answer();
    private final List<org.apache.kafka.clients.producer.internals.ProducerBatch> batches =
        new ArrayList<>();
    private long offsets;

    /** Makes the batches. */
    @Setup(Level.Invocation)
    public void makeBatches() {
      batches.clear();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        var batch =
            new org.apache.kafka.clients.producer.internals.ProducerBatch(
                new org.apache.kafka.common.TopicPartition("topic", partition),
                MemoryRecords.builder(
                    ByteBuffer.allocate(4_096), Compression.NONE, TimestampType.CREATE_TIME, 0),
                0);
        for (int i = 0; i < RECORDS; i++) {
          batch.tryAppend(
              i,
              null,
              VALUE,
              NONE_OF_APACHE,
              (metadata, exception) -> offsets += metadata.offset(),
              0);
        }
        batch.close();
        batches.add(batch);
      }
    }
  }

  /** Ours. */
  @Benchmark
  public long millstream(Ours ours) {
    ProduceResponse response =
        ProduceResponse.read(new WireReader(ours.answer.duplicate()), VERSION);
    for (TopicProduceResponse topic : response.responses()) {
      for (PartitionProduceResponse partition : topic.partitionResponses()) {
        ours.batches
            .get(partition.index())
            .succeed(partition.baseOffset(), partition.logAppendTimeMs(), ours.callbacks);
      }
    }
    return ours.offsets;
  }

  /** Apache's. */
  @Benchmark
  public long apache(Apaches apaches) {
    ProduceResponseData response =
        new ProduceResponseData(new ByteBufferAccessor(apaches.answer.duplicate()), VERSION);
    response
        .responses()
        .forEach(
            topic ->
                topic
                    .partitionResponses()
                    .forEach(
                        partition ->
                            apaches
                                .batches
                                .get(partition.index())
                                .complete(partition.baseOffset(), partition.logAppendTimeMs())));
    return apaches.offsets;
  }
}

package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.TopicPartition;
import io.millstream.common.header.Header;
import io.millstream.compression.Codec;
import io.millstream.compression.Compression;
import io.millstream.network.EventLoop;
import io.millstream.network.SystemEnvironment;
import io.millstream.record.RecordBatchWriter;
import io.millstream.transaction.Identities;
import io.millstream.wire.ChunkSource;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LargeBatchesTest {

  private static final TopicPartition PARTITION = new TopicPartition("topic", 0);

  private final SystemEnvironment environment = new SystemEnvironment("test");
  private final EventLoop loop = new EventLoop(environment, "test");
  private final BatchSizes sizes = new BatchSizes(10_000, 10_000, 1_024, 1_024, 4_096, true);
  private final Chunks ofCallers = new Chunks(Integer.MAX_VALUE);

  /** Memory of which only so many chunks are left in the machine. */
  private static final class Chunks implements ChunkSource {
    private final int most;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();

    private Chunks(int most) {
      this.most = most;
    }

    @Override
    public ByteBuffer take(int leastBytes) {
      if (taken.incrementAndGet() > most) {
        throw new OutOfMemoryError("made by the test");
      }
      held.incrementAndGet();
      return ByteBuffer.allocate(leastBytes);
    }

    @Override
    public void giveBack(ByteBuffer chunk) {
      held.decrementAndGet();
    }
  }

  private LargeBatches.Failure split(Chunks forParts, Chunks forCompression) throws Exception {
    BufferMemory memory = new BufferMemory(1_000_000, environment.waiting());
    PartitionQueue queue =
        new PartitionQueue(
            PARTITION,
            new PartitionQueue.Shared(loop, memory, sizes, new Announcements(loop, () -> {})),
            new CompressionRatio());
    PartitionLane lane =
        new PartitionLane(
            queue,
            new ProduceSettings.Delivery((short) -1, true, 5, 1 << 20),
            Identities.NONE,
            changed -> {});
    ProducerBatch whole =
        new ProducerBatch(PARTITION, loop, new RecordBatchWriter(ofCallers, 8_192, 8_192), 0, 4);
    for (int i = 0; i < 4; i++) {
      assertThat(whole.tryAppend(0, null, new byte[1_000], new Header[0], null)).isEqualTo(i);
    }
    whole.transition(ProducerBatch.State.SEALED);
    whole.transition(ProducerBatch.State.READY);
    whole.writer().seal(7, (short) 0, 0, false);
    BatchCompressor compressor =
        new BatchCompressor("producer", Compression.of(Codec.LZ4), forCompression, Runnable::run);
    LargeBatches largeBatches = new LargeBatches(loop, forParts, sizes, compressor, () -> {});
    CompletableFuture<LargeBatches.Failure> told = new CompletableFuture<>();
    largeBatches.onFailure(told::complete);
    loop.start();
    loop.execute(() -> largeBatches.split(lane, whole));
    LargeBatches.Failure failure = told.get();
    loop.shutdown();
    return failure;
  }

  @Test
  void errorWhileSplittingIsToldOf() throws Exception {
    Chunks forParts = new Chunks(1);
    assertThat(split(forParts, new Chunks(100)).cause()).isInstanceOf(OutOfMemoryError.class);
    assertThat(forParts.held).as("chunks that are not given back").hasValue(0);
  }

  @Test
  void errorWhileAPartIsCompressedIsToldOfAndThePartsGiveTheirMemoryBack() throws Exception {
    Chunks forParts = new Chunks(100);
    assertThat(split(forParts, new Chunks(0)).cause()).isInstanceOf(OutOfMemoryError.class);
    assertThat(forParts.taken.get()).isPositive();
    assertThat(forParts.held).as("chunks that are not given back").hasValue(0);
  }
}

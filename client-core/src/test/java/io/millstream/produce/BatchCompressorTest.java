package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.TopicPartition;
import io.millstream.common.header.Header;
import io.millstream.compression.Codec;
import io.millstream.compression.Compression;
import io.millstream.network.EventLoop;
import io.millstream.network.SystemEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class BatchCompressorTest {

  private static List<ProducerBatch> threeBatches(
      BiConsumer<BatchCompressor, PartitionQueue> compressing) {
    SystemEnvironment environment = new SystemEnvironment("test");
    EventLoop loop = new EventLoop(environment, "test");
    BufferMemory memory = new BufferMemory(1_000_000, environment.waiting());
    PartitionQueue queue =
        new PartitionQueue(
            new TopicPartition("topic", 0),
            new PartitionQueue.Shared(
                loop,
                memory,
                new BatchSizes(1_000, 1_000, 1_024, 1_024, 4_096, true),
                new Announcements(loop, () -> {})),
            new CompressionRatio());
    for (int i = 0; i < 3; i++) {
      assertThat(queue.tryAppend(0, null, new byte[600], new Header[0], null, 620, null, false))
          .isNotNull();
    }
    queue.sealOpen();
    compressing.accept(
        new BatchCompressor(
            "producer", Compression.of(Codec.LZ4), memory.beyondLimit(), Runnable::run),
        queue);
    List<ProducerBatch> batches = new ArrayList<>();
    queue.addTo(batches);
    return batches;
  }

  @Test
  void batchesThatSomebodyLeftUnclaimedGetReadyWithTheNext() {
    assertThat(threeBatches(BatchCompressor::compressFilled))
        .hasSize(3)
        .allMatch(batch -> batch.state() == ProducerBatch.State.READY);
    assertThat(threeBatches(BatchCompressor::compressSealed))
        .hasSize(3)
        .allMatch(batch -> batch.state() == ProducerBatch.State.READY);
  }
}

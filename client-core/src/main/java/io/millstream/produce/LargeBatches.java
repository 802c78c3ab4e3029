package io.millstream.produce;

import io.millstream.network.EventLoop;
import io.millstream.record.BatchSplitter;
import io.millstream.record.RecordBatchWriter;
import java.util.List;

/**
 * Splits batches that a broker found too large, on a helper. Their lanes are closed meanwhile.
 * Owned by the event loop.
 */
final class LargeBatches {

  private final EventLoop loop;
  private final BufferMemory memory;
  private final BatchSizes sizes;
  private final BatchCompressor compressor;
  private final Runnable looksAgain;

  LargeBatches(
      EventLoop loop,
      BufferMemory memory,
      BatchSizes sizes,
      BatchCompressor compressor,
      Runnable looksAgain) {
    this.loop = loop;
    this.memory = memory;
    this.sizes = sizes;
    this.compressor = compressor;
    this.looksAgain = looksAgain;
  }

  /** Splits a batch; its parts take its place in the lane later. */
  void split(PartitionLane lane, ProducerBatch whole) {
    loop.assertInLoop();
    // At most half of it, so that splitting comes to an end.
    int half = Math.max(1, whole.writer().rawBytes() / 2);
    BatchSplitter splitter =
        new BatchSplitter(
            memory.beyondLimit(), sizes.growthBytes(), Math.min(half, sizes.batchBytes()));
    loop.environment()
        .helpers()
        .execute(
            () -> {
              List<RecordBatchWriter> writers = splitter.split(whole.writer());
              List<ProducerBatch> parts = whole.partsOf(writers);
              parts.forEach(part -> compressor.compressPart(part, lane.queue()));
              loop.execute(() -> replace(lane, whole, parts));
            });
  }

  private void replace(PartitionLane lane, ProducerBatch whole, List<ProducerBatch> parts) {
    lane.endSplit(parts);
    whole.writer().release();
    whole.replaceBy(parts);
    looksAgain.run();
  }
}

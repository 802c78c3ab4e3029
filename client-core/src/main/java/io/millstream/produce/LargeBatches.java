package io.millstream.produce;

import io.millstream.network.EventLoop;
import io.millstream.record.BatchSplitter;
import io.millstream.record.RecordBatchWriter;
import io.millstream.wire.ChunkSource;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits batches that a broker found too large, on a helper. Their lanes are closed meanwhile.
 * Owned by the event loop.
 */
final class LargeBatches {

  private static final Logger LOG = LoggerFactory.getLogger(LargeBatches.class);

  private final EventLoop loop;
  private final ChunkSource chunks;
  private final BatchSizes sizes;
  private final BatchCompressor compressor;
  private final Runnable looksAgain;
  private Consumer<Failure> failed =
      failure -> {
        throw new IllegalStateException("nobody was to be told", failure.cause());
      };

  /** A batch that could not be split. */
  record Failure(PartitionLane lane, ProducerBatch whole, Throwable cause) {}

  /**
   * Creates what splits for one producer.
   *
   * @param chunks for the parts; not limited, since the whole goes once they are there
   * @param looksAgain has the sender look for what can leave now
   */
  LargeBatches(
      EventLoop loop,
      ChunkSource chunks,
      BatchSizes sizes,
      BatchCompressor compressor,
      Runnable looksAgain) {
    this.loop = loop;
    this.chunks = chunks;
    this.sizes = sizes;
    this.compressor = compressor;
    this.looksAgain = looksAgain;
  }

  /** Says who is told of batches that cannot be split; they are still in their lanes. */
  void onFailure(Consumer<Failure> listener) {
    failed = listener;
  }

  /** Splits a batch; its parts take its place in the lane later. */
  void split(PartitionLane lane, ProducerBatch whole) {
    loop.assertInLoop();
    // At most half of it, so that splitting comes to an end.
    int half = Math.max(1, whole.writer().rawBytes() / 2);
    BatchSplitter splitter =
        new BatchSplitter(chunks, sizes.growthBytes(), Math.min(half, sizes.batchBytes()));
    loop.environment().helpers().execute(() -> split(splitter, lane, whole));
  }

  private void split(BatchSplitter splitter, PartitionLane lane, ProducerBatch whole) {
    List<RecordBatchWriter> writers = List.of();
    try {
      writers = splitter.split(whole.writer());
      List<ProducerBatch> parts = whole.partsOf(writers);
      parts.forEach(part -> compressor.compressPart(part, lane.queue()));
      back(() -> replace(lane, whole, parts));
    } catch (Throwable e) {
      // Errors, too: the lane is closed until it learns of the end.
      writers.forEach(RecordBatchWriter::release);
      back(() -> failed.accept(new Failure(lane, whole, e)));
    }
  }

  private void back(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException ended) {
      LOG.debug("The loop has ended, and with it the batch that was split");
    }
  }

  private void replace(PartitionLane lane, ProducerBatch whole, List<ProducerBatch> parts) {
    if (whole.replaceBy(parts)) {
      lane.endSplit(parts);
    } else {
      // Given up meanwhile, with the sequence that it has.
      lane.endSplit(List.of());
      lane.givenUp(whole);
      parts.forEach(part -> part.writer().release());
    }
    whole.writer().release();
    looksAgain.run();
  }
}

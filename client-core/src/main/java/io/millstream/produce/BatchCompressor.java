package io.millstream.produce;

import io.millstream.compression.Compression;
import io.millstream.wire.ChunkSource;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compresses sealed batches and makes them ready: on the thread of the caller that filled one, on
 * the loop if it is small, else on a helper. Any thread may use it.
 */
final class BatchCompressor {

  private static final Logger LOG = LoggerFactory.getLogger(BatchCompressor.class);
  private static final int LARGEST_ON_LOOP_BYTES = 8 * 1024;

  private final String clientId;
  private final Compression compression;
  private final ChunkSource chunks;
  private final Executor helpers;

  BatchCompressor(String clientId, Compression compression, ChunkSource chunks, Executor helpers) {
    this.clientId = clientId;
    this.compression = compression;
    this.chunks = chunks;
    this.helpers = helpers;
  }

  /*
   * All that is unclaimed each time, since whoever has a batch sealed may fail, for want of memory
   * of the machine, before it takes one away.
   */

  /** Compresses what a caller has filled, on its thread; nothing happens if nothing is there. */
  void compressFilled(PartitionQueue queue) {
    for (ProducerBatch batch = queue.claim(); batch != null; batch = queue.claim()) {
      compressAndAnnounce(batch, queue);
    }
  }

  /** Compresses what the loop has sealed. For the loop; a large batch gets ready later. */
  void compressSealed(PartitionQueue queue) {
    for (ProducerBatch batch = queue.claim(); batch != null; batch = queue.claim()) {
      if (batch.writer().rawBytes() <= LARGEST_ON_LOOP_BYTES) {
        compress(batch, queue);
      } else {
        ProducerBatch large = batch;
        helpers.execute(() -> compressAndAnnounce(large, queue));
      }
    }
  }

  private void compressAndAnnounce(ProducerBatch batch, PartitionQueue queue) {
    try {
      compress(batch, queue);
    } finally {
      queue.announceReady();
    }
  }

  /** Compresses a part of a split batch; it gets ready. */
  void compressPart(ProducerBatch part, PartitionQueue queue) {
    compress(part, queue);
  }

  private void compress(ProducerBatch batch, PartitionQueue queue) {
    try {
      if (batch.state() == ProducerBatch.State.SEALED) {
        int rawBytes = batch.writer().rawBytes();
        batch.writer().compress(compression, chunks);
        batch.writer().sumRecords();
        queue.ratio().observe(rawBytes, batch.writer().wireBytes());
      }
    } catch (RuntimeException | LinkageError e) {
      // It may be sent as it is, also where the codec's native library cannot be loaded.
      LOG.warn(
          "{}: a batch of {} is sent uncompressed: {}",
          clientId,
          batch.partition(),
          e.toString(),
          e);
    } finally {
      if (batch.transition(ProducerBatch.State.READY) == ProducerBatch.State.DONE) {
        // Given up meanwhile; who did it has left the bytes to us.
        batch.writer().release();
      }
    }
  }
}

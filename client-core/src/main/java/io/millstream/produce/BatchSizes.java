package io.millstream.produce;

import io.millstream.compression.Codec;
import io.millstream.record.RecordBatchWriter;

/**
 * How large batches become and in which steps they grow.
 *
 * @param batchBytes {@code batch.size}: what a batch has at most on the wire, by estimate
 * @param mostRawBytes what it has at most before it is compressed
 * @param firstChunkBytes the memory with which a batch begins, so that thousands of partitions with
 *     one record each do not fill the buffer
 * @param growthBytes the memory by which it grows
 * @param compressed whether batches are compressed
 */
record BatchSizes(
    int batchBytes, int mostRawBytes, int firstChunkBytes, int growthBytes, boolean compressed) {

  private static final int LARGEST_FIRST_CHUNK_BYTES = 2 * 1024;
  private static final int SMALLEST_GROWTH_BYTES = 4 * 1024;
  private static final int LARGEST_GROWTH_BYTES = 64 * 1024;

  static BatchSizes of(ProduceSettings settings) {
    int batchBytes = Math.max(1, settings.buffering().batchBytes());
    int quarter = BufferMemory.chunkBytes(Math.max(1, batchBytes / 4));
    return new BatchSizes(
        batchBytes,
        Math.max(batchBytes, settings.delivery().maxRequestBytes()),
        BufferMemory.chunkBytes(Math.min(batchBytes, LARGEST_FIRST_CHUNK_BYTES)),
        Math.max(SMALLEST_GROWTH_BYTES, Math.min(quarter, LARGEST_GROWTH_BYTES)),
        settings.codec() != Codec.NONE);
  }

  /** Says whether another record may join a batch that has records. */
  boolean fits(int rawBytes, int recordBytes, CompressionRatio ratio) {
    long after = (long) rawBytes + recordBytes;
    return after <= batchBytes
        || (compressed && after <= mostRawBytes && after * ratio.ratio() <= batchBytes);
  }

  /** Returns the chunks that a batch of one record takes at most, in bytes. */
  long memoryFor(int recordBytes) {
    long behindFirst = (long) RecordBatchWriter.HEADER_BYTES + recordBytes - firstChunkBytes;
    long growths = Math.max(0, (behindFirst + growthBytes - 1) / growthBytes);
    return firstChunkBytes + growths * growthBytes;
  }
}

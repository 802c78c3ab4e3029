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
 * @param mostExpectedBytes the memory with which one begins at most that is expected to become
 *     large: a small part of all there is, since what is not filled yet is missing elsewhere
 * @param growthBytes the memory by which it grows
 * @param compressed whether batches are compressed
 */
record BatchSizes(
    int batchBytes,
    int mostRawBytes,
    int firstChunkBytes,
    int mostExpectedBytes,
    int growthBytes,
    boolean compressed) {

  private static final int LARGEST_FIRST_CHUNK_BYTES = 2 * 1024;
  private static final int SMALLEST_GROWTH_BYTES = 4 * 1024;
  private static final int LARGEST_GROWTH_BYTES = 64 * 1024;
  private static final int LARGEST_EXPECTED_BYTES = 256 * 1024;
  private static final int LEAST_BATCHES = 256;
  private static final int LEAST_PROMISES = 16;

  static BatchSizes of(ProduceSettings settings) {
    int batchBytes = Math.max(1, settings.buffering().batchBytes());
    int quarter = BufferMemory.chunkBytes(Math.max(1, batchBytes / 4));
    return new BatchSizes(
        batchBytes,
        Math.max(batchBytes, settings.delivery().maxRequestBytes()),
        BufferMemory.chunkBytes(Math.min(batchBytes, LARGEST_FIRST_CHUNK_BYTES)),
        (int) Math.min(LARGEST_EXPECTED_BYTES, settings.buffering().memoryBytes() / LEAST_BATCHES),
        Math.max(SMALLEST_GROWTH_BYTES, Math.min(quarter, LARGEST_GROWTH_BYTES)),
        settings.codec() != Codec.NONE);
  }

  /** Says whether another record may join a batch that has records. */
  boolean fits(int rawBytes, int recordBytes, CompressionRatio ratio) {
    long after = (long) rawBytes + recordBytes;
    return after <= batchBytes
        || (compressed && after <= mostRawBytes && after * ratio.ratio() <= batchBytes);
  }

  /** Says whether a batch has half of what it can have. */
  boolean isHalfFull(int rawBytes) {
    return rawBytes * 2L >= batchBytes;
  }

  /**
   * Returns the memory with which a batch begins that is expected to become as large as the one
   * before: in one piece where there is traffic, and small where there is little.
   *
   * @param bytesBefore raw bytes of the batch before, 0 if there was none
   */
  int firstChunkBytes(int bytesBefore) {
    int below = Integer.highestOneBit(Math.max(1, Math.min(bytesBefore, LARGEST_EXPECTED_BYTES)));
    // A chunk that holds all of it, unless that would leave more than a quarter empty.
    int expected = bytesBefore > below + below / 2 ? below * 2 : below;
    int most = Integer.highestOneBit(Math.max(1, mostExpectedBytes));
    return Math.max(firstChunkBytes, Math.min(expected, most));
  }

  /**
   * Returns what a caller is promised who waits for memory: so much that an open batch can grow by
   * it, or a whole one of usual size begin, unless that is a large part of all there is.
   */
  long promiseBytes(long neededBytes, long limitBytes) {
    long whole = Math.min(firstChunkBytes(batchBytes), limitBytes / LEAST_PROMISES);
    return Math.min(Math.max(neededBytes, Math.max(growthBytes, whole)), limitBytes);
  }

  /** Returns the chunks that a batch of one record takes at most, in bytes. */
  long memoryFor(int recordBytes) {
    return memoryFor(recordBytes, firstChunkBytes);
  }

  /** Returns the same where the batch begins with a chunk of another size. */
  long memoryFor(int recordBytes, int beginsWithBytes) {
    long behindFirst = (long) RecordBatchWriter.HEADER_BYTES + recordBytes - beginsWithBytes;
    long growths = Math.max(0, (behindFirst + growthBytes - 1) / growthBytes);
    return beginsWithBytes + growths * growthBytes;
  }
}

package io.millstream.fetch;

import io.millstream.clients.consumer.ConsumerConfig;
import io.millstream.common.IsolationLevel;
import io.millstream.settings.ParsedSettings;

/**
 * What a consumer's configuration says about fetching.
 *
 * @param sizes how much is asked for and kept
 * @param maxWaitMillis how long a broker may wait for {@code minBytes}; {@code fetch.max.wait.ms}
 * @param checksumsVerified whether batches are compared with their checksums; {@code check.crcs}
 * @param reset where to begin without an offset; {@code auto.offset.reset}
 * @param requestTimeoutNanos how long an answer is awaited, beyond what the broker may wait; {@code
 *     request.timeout.ms}
 * @param isolation whether records of open and aborted transactions are read; {@code
 *     isolation.level}
 */
public record FetchSettings(
    Sizes sizes,
    int maxWaitMillis,
    boolean checksumsVerified,
    OffsetReset reset,
    long requestTimeoutNanos,
    IsolationLevel isolation) {

  /** Reads all records, whatever becomes of their transactions. */
  public FetchSettings(
      Sizes sizes,
      int maxWaitMillis,
      boolean checksumsVerified,
      OffsetReset reset,
      long requestTimeoutNanos) {
    this(
        sizes,
        maxWaitMillis,
        checksumsVerified,
        reset,
        requestTimeoutNanos,
        IsolationLevel.READ_UNCOMMITTED);
  }

  /** Returns what the configuration says. */
  public static FetchSettings from(ParsedSettings settings) {
    return new FetchSettings(
        new Sizes(
            settings.integer(ConsumerConfig.FETCH_MIN_BYTES_CONFIG),
            settings.integer(ConsumerConfig.FETCH_MAX_BYTES_CONFIG),
            settings.integer(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
            settings.number(ConsumerConfig.FETCH_BUFFER_MAX_BYTES_CONFIG),
            settings.integer(ConsumerConfig.FETCH_MAX_DECOMPRESSED_BATCH_BYTES_CONFIG)),
        settings.integer(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG),
        settings.flag(ConsumerConfig.CHECK_CRCS_CONFIG),
        OffsetReset.parse(settings.text(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG)),
        settings.nanos(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG),
        isolation(settings.text(ConsumerConfig.ISOLATION_LEVEL_CONFIG)));
  }

  private static IsolationLevel isolation(String text) {
    return text.equals(IsolationLevel.READ_COMMITTED.toString())
        ? IsolationLevel.READ_COMMITTED
        : IsolationLevel.READ_UNCOMMITTED;
  }

  /**
   * How much is asked for and kept.
   *
   * @param minBytes what a broker gathers before it answers; {@code fetch.min.bytes}
   * @param maxBytes what one answer may have; {@code fetch.max.bytes}
   * @param maxPartitionBytes what one answer may have of a partition; {@code
   *     max.partition.fetch.bytes}
   * @param maxBufferBytes what may wait for poll; {@code fetch.buffer.max.bytes}
   * @param maxDecompressedBatchBytes what a batch may become when it is decompressed; {@code
   *     fetch.max.decompressed.batch.bytes}
   */
  public record Sizes(
      int minBytes,
      int maxBytes,
      int maxPartitionBytes,
      long maxBufferBytes,
      long maxDecompressedBatchBytes) {}
}

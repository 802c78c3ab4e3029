package io.millstream.fetch;

import io.millstream.common.TopicPartition;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What the event loop hands to the holder of the poll permit about one partition, in order. */
sealed interface Fetched {

  /** Returns the partition. */
  TopicPartition partition();

  /** Returns what the partition was assigned or sought as; of an older one nothing is heeded. */
  int generation();

  /** Batches that follow those handed over before. */
  final class Batches implements Fetched {

    private final FetchPosition position;
    private final ByteBuffer bytes;
    private final FetchedFrame frame;
    private final AbortedTransactions aborted;

    /**
     * Creates them.
     *
     * @param position whose batches they are
     * @param bytes a slice of the answer
     * @param frame the answer it is a slice of
     */
    Batches(FetchPosition position, ByteBuffer bytes, FetchedFrame frame) {
      this(position, bytes, frame, AbortedTransactions.NONE);
    }

    /**
     * Creates them.
     *
     * @param position whose batches they are
     * @param bytes a slice of the answer
     * @param frame the answer it is a slice of
     * @param aborted which transactions in them are not to be read
     */
    Batches(
        FetchPosition position, ByteBuffer bytes, FetchedFrame frame, AbortedTransactions aborted) {
      this.position = position;
      this.bytes = bytes;
      this.frame = frame;
      this.aborted = aborted;
    }

    @Override
    public TopicPartition partition() {
      return position.partition();
    }

    @Override
    public int generation() {
      return position.generation();
    }

    ByteBuffer bytes() {
      return bytes;
    }

    AbortedTransactions aborted() {
      return aborted;
    }

    FetchedFrame frame() {
      return frame;
    }

    /** Returns the count of what the partition holds of the buffer. */
    AtomicInteger partitionBytes() {
      return position.heldBytes();
    }
  }

  /**
   * The partition goes on at another offset: it was looked up.
   *
   * @param offset of the next record
   * @param leaderEpoch of the record before, where it is known
   */
  record Moved(TopicPartition partition, int generation, long offset, Optional<Integer> leaderEpoch)
      implements Fetched {}

  /** The user has to know something before what follows. */
  record Failed(TopicPartition partition, int generation, Telling telling) implements Fetched {}
}

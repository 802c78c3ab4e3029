package io.millstream.fetch;

import io.millstream.protocol.FetchResponseCursor;
import io.millstream.record.RecordBatchCursor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * Which transactions in the batches of one answer were aborted (KIP-98): a broker lists them to
 * consumers that read committed records only. Immutable; {@link #walk} follows the batches.
 */
final class AbortedTransactions {

  /** None: nothing was aborted, or everything is read. */
  static final AbortedTransactions NONE = new AbortedTransactions(new Aborted[0]);

  private final Aborted[] inOrder;

  private record Aborted(long producerId, long firstOffset) {}

  private AbortedTransactions(Aborted[] inOrder) {
    this.inOrder = inOrder;
  }

  /** Copies what an answer says about the partition that the cursor stands at. */
  static AbortedTransactions of(FetchResponseCursor cursor) {
    int count = cursor.abortedTransactionCount();
    if (count == 0) {
      return NONE;
    }
    Aborted[] aborted = new Aborted[count];
    for (int i = 0; i < count; i++) {
      aborted[i] = new Aborted(cursor.abortedProducerId(i), cursor.abortedFirstOffset(i));
    }
    Arrays.sort(aborted, Comparator.comparingLong(Aborted::firstOffset));
    return new AbortedTransactions(aborted);
  }

  /** Begins in front of the first batch. */
  Walk walk() {
    return new Walk(inOrder);
  }

  /**
   * Follows the batches in order: from the first offset of an aborted transaction to its abort
   * marker, all batches of that producer that belong to a transaction are hidden. For one thread.
   */
  static final class Walk {

    private final Aborted[] inOrder;
    private final Set<Long> producers;
    private int next;

    private Walk(Aborted[] inOrder) {
      this.inOrder = inOrder;
      this.producers = inOrder.length == 0 ? Set.of() : new HashSet<>();
    }

    /** Goes on to a batch, and says whether it belongs to an aborted transaction. */
    boolean isAborted(RecordBatchCursor batch) {
      while (next < inOrder.length && inOrder[next].firstOffset <= batch.lastOffset()) {
        producers.add(inOrder[next].producerId);
        next++;
      }
      return !producers.isEmpty()
          && batch.isTransactional()
          && producers.contains(batch.producerId());
    }

    /** The transaction of a producer ends here. */
    void ended(long producerId) {
      producers.remove(producerId);
    }
  }
}

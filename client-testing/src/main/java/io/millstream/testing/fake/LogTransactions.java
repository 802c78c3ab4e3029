package io.millstream.testing.fake;

import io.millstream.protocol.FetchResponse.AbortedTransaction;
import io.millstream.record.ControlType;
import io.millstream.record.RecordBatchCursor;
import io.millstream.record.RecordBatchReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which transactions are open in a log, and which were aborted (KIP-98). */
final class LogTransactions {

  private static final int MOST_MARKER_BYTES = 1024;

  private final Map<Long, Long> firstOffsets = new TreeMap<>();
  private final List<Aborted> aborted = new ArrayList<>();

  private record Aborted(long producerId, long firstOffset, long markerOffset) {}

  void appended(RecordBatchCursor batch) {
    if (batch.isTransactional()) {
      firstOffsets.putIfAbsent(batch.producerId(), batch.baseOffset());
    }
  }

  void ended(RecordBatchCursor marker, ByteBuffer bytes) {
    Long firstOffset = firstOffsets.remove(marker.producerId());
    if (firstOffset == null) {
      return;
    }
    try (RecordBatchReader reader = new RecordBatchReader(MOST_MARKER_BYTES, false)) {
      reader.reset(bytes);
      reader.nextBatch();
      reader.nextRecord();
      if (reader.controlType() == ControlType.ABORT) {
        aborted.add(new Aborted(marker.producerId(), firstOffset, marker.lastOffset()));
      }
    }
  }

  /** Returns the first offset of an open transaction, {@link Long#MAX_VALUE} without one. */
  long firstOpenOffset() {
    return firstOffsets.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
  }

  List<AbortedTransaction> abortedFrom(long offset) {
    return aborted.stream()
        .filter(transaction -> transaction.markerOffset >= offset)
        .map(transaction -> new AbortedTransaction(transaction.producerId, transaction.firstOffset))
        .toList();
  }

  void clear() {
    firstOffsets.clear();
    aborted.clear();
  }
}

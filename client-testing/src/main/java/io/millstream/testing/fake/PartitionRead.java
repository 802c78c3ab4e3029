package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.FetchRequest.FetchPartition;
import io.millstream.protocol.FetchResponse.EpochEndOffset;
import io.millstream.protocol.FetchResponse.PartitionData;
import io.millstream.testing.fake.PartitionLog.EpochEnd;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a fetch gets of one partition. */
final class PartitionRead {

  private static final short FIRST_WITH_TOPIC_IDS = 13;
  private static final byte READ_COMMITTED = 1;
  private static final ByteBuffer NO_RECORDS = ByteBuffer.allocate(0);

  private final FakeBroker broker;
  private final boolean committedOnly;
  private final short version;

  PartitionRead(FakeBroker broker, byte isolationLevel, short version) {
    this.broker = broker;
    this.committedOnly = isolationLevel == READ_COMMITTED;
    this.version = version;
  }

  /** Returns the answer where nothing can be read, null where something may be. */
  @Nullable PartitionData problem(
      boolean topicKnown, @Nullable Partition partition, FetchPartition asked) {
    if (partition == null) {
      return refused(
              asked,
              !topicKnown && version >= FIRST_WITH_TOPIC_IDS
                  ? ErrorCode.UNKNOWN_TOPIC_ID
                  : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
          .withAbortedTransactions(List.of());
    }
    ErrorCode error = partition.check(broker, asked.currentLeaderEpoch());
    if (error != ErrorCode.NONE) {
      return refused(asked, error);
    }
    PartitionLog log = partition.log();
    if (asked.lastFetchedEpoch() >= 0) {
      EpochEnd end = log.endOf(asked.lastFetchedEpoch());
      if (end.epoch() < 0) {
        return refused(asked, ErrorCode.OFFSET_OUT_OF_RANGE);
      }
      if (end.epoch() < asked.lastFetchedEpoch() || end.offset() < asked.fetchOffset()) {
        return answer(partition, asked, NO_RECORDS)
            .withDivergingEpoch(new EpochEndOffset(end.epoch(), end.offset()));
      }
    }
    boolean inRange =
        asked.fetchOffset() >= log.startOffset() && asked.fetchOffset() <= log.endOffset();
    return inRange ? null : refused(asked, ErrorCode.OFFSET_OUT_OF_RANGE);
  }

  PartitionData read(Partition partition, FetchPartition asked, int maxBytes, boolean wholeFirst) {
    PartitionLog log = partition.log();
    return answer(partition, asked, log.read(asked.fetchOffset(), maxBytes, wholeFirst, end(log)));
  }

  /** Returns how many bytes could be read. */
  long readableBytes(Partition partition, FetchPartition asked) {
    PartitionLog log = partition.log();
    return log.readableBytes(asked.fetchOffset(), asked.partitionMaxBytes(), end(log));
  }

  private long end(PartitionLog log) {
    return committedOnly ? log.stableOffset() : log.endOffset();
  }

  private PartitionData answer(Partition partition, FetchPartition asked, ByteBuffer records) {
    PartitionLog log = partition.log();
    return PartitionData.defaults()
        .withPartitionIndex(asked.partition())
        .withHighWatermark(log.endOffset())
        .withLastStableOffset(log.stableOffset())
        .withLogStartOffset(log.startOffset())
        .withAbortedTransactions(committedOnly ? log.abortedFrom(asked.fetchOffset()) : null)
        .withRecords(records);
  }

  private static PartitionData refused(FetchPartition asked, ErrorCode error) {
    return PartitionData.defaults()
        .withPartitionIndex(asked.partition())
        .withErrorCode(error.code())
        .withHighWatermark(-1)
        .withAbortedTransactions(null)
        .withRecords(NO_RECORDS);
  }
}

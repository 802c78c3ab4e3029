package io.millstream.protocol;

import io.millstream.common.Uuid;
import io.millstream.wire.WireReader;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a Fetch response where it lies: the hot path's twin of {@link FetchResponse}. Records are
 * slices of the frame, which must not change as long as they are in use. For one thread at a time;
 * never blocks.
 *
 * <p>{@link #nextTopic} and, within a topic, {@link #nextPartition} go on; the getters tell of
 * where the cursor stands. Partitions that were not asked for are stepped over.
 *
 * <pre>
 *   throttleTimeMs, errorCode, sessionId
 *   topics      name (to version 12) or topicId (from 13)
 *     partitions  partitionIndex, errorCode, highWatermark, lastStableOffset, logStartOffset,
 *                 abortedTransactions, preferredReadReplica (from 11), records
 *                 tags: 0 divergingEpoch, 1 currentLeader, 2 snapshotId (for replicas only)
 *   tag: 0 nodeEndpoints (from 16)
 *   from version 12: compact lengths, and tagged fields behind each structure
 * </pre>
 */
public final class FetchResponseCursor {

  /** The newest version that names topics; later ones carry ids alone. */
  public static final short NEWEST_WITH_TOPIC_NAMES = 12;

  private static final short FIRST_WITH_PREFERRED_REPLICA = 11;
  private static final short FIRST_WITH_ENDPOINTS = 16;
  private static final int NONE = -1;

  private final WireReader in;
  private final short version;
  private final boolean compact;
  private final int throttleTimeMs;
  private final short errorCode;
  private final int sessionId;

  private int topicsLeft;
  private int partitionsLeft;
  private boolean insideTopic;
  private boolean ended;
  private @Nullable String topic;
  private Uuid topicId = Uuid.ZERO_UUID;
  private List<FetchResponse.NodeEndpoint> nodeEndpoints = List.of();

  private int partitionIndex;
  private short partitionErrorCode;
  private long highWatermark;
  private long lastStableOffset;
  private long logStartOffset;
  private int abortedTransactionCount;
  private long[] abortedTransactions = {};
  private int preferredReadReplica;
  private @Nullable ByteBuffer records;
  private int divergingEpoch;
  private long divergingEndOffset;
  private int leaderId;
  private int leaderEpoch;

  private FetchResponseCursor(WireReader in, short version) {
    this.in = in;
    this.version = version;
    this.compact = ApiKey.FETCH.flexible(version);
    throttleTimeMs = in.readInt();
    errorCode = in.readShort();
    sessionId = in.readInt();
    topicsLeft = in.readNonNullArrayLength(compact, compact ? 3 : 6);
  }

  /**
   * Checks a whole response and returns a cursor in front of its first topic; walking it cannot
   * fail any more.
   *
   * @param in at the beginning of the response, behind its header; stays there
   * @param version the version of the request
   * @throws io.millstream.wire.MalformedFrameException if the bytes are no such response
   * @throws io.millstream.common.errors.UnsupportedVersionException if it is not implemented here
   */
  public static FetchResponseCursor read(WireReader in, short version) {
    ApiKey.FETCH.requireVersion(version);
    FetchResponseCursor check = new FetchResponseCursor(in.fork(), version);
    while (check.nextTopic()) {
      // nextTopic steps over the partitions, reading each.
    }
    return new FetchResponseCursor(in.fork(), version);
  }

  /**
   * Goes on to the next topic.
   *
   * @return false where there is none; {@link #nodeEndpoints} is known then
   */
  public boolean nextTopic() {
    endTopic();
    if (topicsLeft == 0) {
      end();
      return false;
    }
    topicsLeft--;
    if (version <= NEWEST_WITH_TOPIC_NAMES) {
      topic = in.readString(compact);
    } else {
      topicId = in.readUuid();
    }
    partitionsLeft = in.readNonNullArrayLength(compact, leastPartitionBytes());
    insideTopic = true;
    return true;
  }

  /**
   * Goes on to the next partition of the topic.
   *
   * @return false where there is none
   */
  public boolean nextPartition() {
    if (partitionsLeft == 0) {
      return false;
    }
    partitionsLeft--;
    partitionIndex = in.readInt();
    partitionErrorCode = in.readShort();
    highWatermark = in.readLong();
    lastStableOffset = in.readLong();
    logStartOffset = in.readLong();
    readAbortedTransactions();
    preferredReadReplica = version >= FIRST_WITH_PREFERRED_REPLICA ? in.readInt() : NONE;
    records = in.readNullableRecords(compact);
    divergingEpoch = NONE;
    divergingEndOffset = NONE;
    leaderId = NONE;
    leaderEpoch = NONE;
    if (compact) {
      readPartitionTags();
    }
    return true;
  }

  private void readAbortedTransactions() {
    int count = Math.max(0, in.readArrayLength(compact, compact ? 17 : 16));
    if (2 * count > abortedTransactions.length) {
      abortedTransactions = new long[2 * count];
    }
    for (int i = 0; i < 2 * count; i += 2) {
      abortedTransactions[i] = in.readLong();
      abortedTransactions[i + 1] = in.readLong();
      skipTags();
    }
    abortedTransactionCount = count;
  }

  private void readPartitionTags() {
    for (int left = in.readTagCount(); left > 0; left--) {
      int tag = in.readUnsignedVarint();
      int end = in.readTaggedFieldEnd();
      switch (tag) {
        case 0 -> {
          divergingEpoch = in.readInt();
          divergingEndOffset = in.readLong();
          in.skipTaggedFields();
        }
        case 1 -> {
          leaderId = in.readInt();
          leaderEpoch = in.readInt();
          in.skipTaggedFields();
        }
        default -> in.skip(end - in.position());
      }
      in.endTaggedField(end);
    }
  }

  private int leastPartitionBytes() {
    int replica = version >= FIRST_WITH_PREFERRED_REPLICA ? 4 : 0;
    return 30 + replica + (compact ? 3 : 8);
  }

  private void endTopic() {
    while (nextPartition()) {
      // Whatever the caller left out is stepped over.
    }
    if (insideTopic) {
      insideTopic = false;
      skipTags();
    }
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    if (!compact) {
      return;
    }
    for (int left = in.readTagCount(); left > 0; left--) {
      int tag = in.readUnsignedVarint();
      int end = in.readTaggedFieldEnd();
      if (tag == 0 && version >= FIRST_WITH_ENDPOINTS) {
        nodeEndpoints =
            List.copyOf(Elements.read(in, true, 11, version, FetchResponse.NodeEndpoint::read));
      } else {
        in.skip(end - in.position());
      }
      in.endTaggedField(end);
    }
  }

  private void skipTags() {
    if (compact) {
      in.skipTaggedFields();
    }
  }

  /** Returns how long nothing more shall be sent (KIP-219), in milliseconds. */
  public int throttleTimeMs() {
    return throttleTimeMs;
  }

  /** Returns the error of the whole response, 0 for none. */
  public short errorCode() {
    return errorCode;
  }

  /** Returns the id of the fetch session (KIP-227), 0 for none. */
  public int sessionId() {
    return sessionId;
  }

  /**
   * Returns where the leaders named by {@link #leaderId} are; empty before the last topic's end.
   */
  public List<FetchResponse.NodeEndpoint> nodeEndpoints() {
    return nodeEndpoints;
  }

  /** Returns the name of the topic, null in versions that carry ids. */
  public @Nullable String topic() {
    return topic;
  }

  /** Returns the id of the topic, zero in versions that carry names. */
  public Uuid topicId() {
    return topicId;
  }

  /** Returns the partition. */
  public int partitionIndex() {
    return partitionIndex;
  }

  /** Returns the error of the partition, 0 for none. */
  public short partitionErrorCode() {
    return partitionErrorCode;
  }

  /** Returns the high watermark, -1 where unknown. */
  public long highWatermark() {
    return highWatermark;
  }

  /** Returns the offset below which every transaction is decided, -1 where unknown. */
  public long lastStableOffset() {
    return lastStableOffset;
  }

  /** Returns the first offset of the log, -1 where unknown. */
  public long logStartOffset() {
    return logStartOffset;
  }

  /** Returns how many aborted transactions are listed; 0 also where the list is null. */
  public int abortedTransactionCount() {
    return abortedTransactionCount;
  }

  /** Returns the producer of an aborted transaction; valid until the cursor goes on. */
  public long abortedProducerId(int index) {
    return abortedTransactions[2 * index];
  }

  /** Returns the first offset of an aborted transaction; valid until the cursor goes on. */
  public long abortedFirstOffset(int index) {
    return abortedTransactions[2 * index + 1];
  }

  /** Returns the replica to fetch from (KIP-392), -1 where it is the leader. */
  public int preferredReadReplica() {
    return preferredReadReplica;
  }

  /** Returns the record batches, the last perhaps cut off, as a slice of the frame; may be null. */
  public @Nullable ByteBuffer records() {
    return records;
  }

  /** Returns the epoch from which the fetched log diverges (KIP-595), -1 where it does not. */
  public int divergingEpoch() {
    return divergingEpoch;
  }

  /** Returns where that epoch ends, -1 where the log does not diverge. */
  public long divergingEndOffset() {
    return divergingEndOffset;
  }

  /** Returns the leader that the broker knows of (KIP-951), -1 where it does not say. */
  public int leaderId() {
    return leaderId;
  }

  /** Returns the epoch of that leader, -1 where the broker does not say. */
  public int leaderEpoch() {
    return leaderEpoch;
  }
}

package io.millstream.testing.fake;

import io.millstream.common.Uuid;
import io.millstream.protocol.FetchRequest;
import io.millstream.protocol.FetchRequest.FetchPartition;
import io.millstream.protocol.FetchRequest.FetchTopic;
import io.millstream.protocol.FetchRequest.ForgottenTopic;
import io.millstream.protocol.FetchResponse.PartitionData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a broker remembers of an incremental fetch session (KIP-227). */
final class FetchSession {

  /**
   * What names a partition in a session.
   *
   * @param topic the name, empty where the id is used
   * @param topicId the id, zero where the name is used
   * @param partition its number
   */
  record Slot(String topic, Uuid topicId, int partition) {}

  /**
   * A partition that is asked for.
   *
   * @param slot which one
   * @param request what is asked of it
   */
  record Asked(Slot slot, FetchPartition request) {}

  private static final class Cached {
    private final FetchPartition request;
    private final long highWatermark;
    private final long logStartOffset;

    Cached(FetchPartition request, long highWatermark, long logStartOffset) {
      this.request = request;
      this.highWatermark = highWatermark;
      this.logStartOffset = logStartOffset;
    }
  }

  private static final long NEVER_TOLD = -1;

  private final int id;
  private final boolean byTopicId;
  private final Map<Slot, Cached> partitions = new LinkedHashMap<>();
  private int nextEpoch = 1;

  FetchSession(int id, boolean byTopicId) {
    this.id = id;
    this.byTopicId = byTopicId;
  }

  int id() {
    return id;
  }

  boolean byTopicId() {
    return byTopicId;
  }

  int nextEpoch() {
    return nextEpoch;
  }

  void advance() {
    nextEpoch = nextEpoch == Integer.MAX_VALUE ? 1 : nextEpoch + 1;
  }

  /** Takes over what a request adds, changes and forgets. */
  void update(FetchRequest request) {
    for (Asked asked : askedIn(request)) {
      Cached known = partitions.get(asked.slot());
      partitions.put(
          asked.slot(),
          known == null
              ? new Cached(asked.request(), NEVER_TOLD, NEVER_TOLD)
              : new Cached(asked.request(), known.highWatermark, known.logStartOffset));
    }
    for (ForgottenTopic topic : request.forgottenTopicsData()) {
      for (int partition : topic.partitions()) {
        partitions.remove(new Slot(topic.topic(), topic.topicId(), partition));
      }
    }
  }

  List<Asked> asked() {
    List<Asked> all = new ArrayList<>();
    partitions.forEach((slot, cached) -> all.add(new Asked(slot, cached.request)));
    return all;
  }

  static List<Asked> askedIn(FetchRequest request) {
    List<Asked> all = new ArrayList<>();
    for (FetchTopic topic : request.topics()) {
      for (FetchPartition partition : topic.partitions()) {
        all.add(
            new Asked(new Slot(topic.topic(), topic.topicId(), partition.partition()), partition));
      }
    }
    return all;
  }

  /** Notes what is told of a partition; says whether it is news. */
  boolean tell(Slot slot, PartitionData data) {
    Cached cached = partitions.get(slot);
    if (cached == null) {
      return true;
    }
    boolean failed = data.errorCode() != 0;
    boolean records = data.records() != null && data.records().hasRemaining();
    boolean news =
        failed
            || records
            || data.divergingEpoch().epoch() >= 0
            || cached.highWatermark != data.highWatermark()
            || cached.logStartOffset != data.logStartOffset();
    if (news) {
      // Those that had records go to the end, so that the others get their turn.
      if (records) {
        partitions.remove(slot);
      }
      partitions.put(
          slot,
          new Cached(
              cached.request, failed ? NEVER_TOLD : data.highWatermark(), data.logStartOffset()));
    }
    return news;
  }
}

package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.FetchRequest;
import io.millstream.protocol.FetchResponse;
import io.millstream.protocol.FetchResponse.FetchableTopicResponse;
import io.millstream.protocol.FetchResponse.LeaderIdAndEpoch;
import io.millstream.protocol.FetchResponse.NodeEndpoint;
import io.millstream.protocol.FetchResponse.PartitionData;
import io.millstream.testing.fake.FetchSession.Asked;
import io.millstream.testing.fake.FetchSession.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One fetch, which waits until there are enough bytes, something is wrong, or time is over. */
final class ParkedFetch {

  private static final short FIRST_WITH_LEADERS = 16;

  private final ClusterState cluster;
  private final Exchange<FetchResponse> exchange;
  private final FetchRequest request;
  private final FetchSessions.Place place;
  private final List<Asked> asked;
  private final PartitionRead reader;
  private final Runnable look = this::look;

  ParkedFetch(
      ClusterState cluster,
      Exchange<FetchResponse> exchange,
      FetchRequest request,
      FetchSessions.Place place,
      List<Asked> asked) {
    this.cluster = cluster;
    this.exchange = exchange;
    this.request = request;
    this.place = place;
    this.asked = asked;
    this.reader =
        new PartitionRead(exchange.broker(), request.isolationLevel(), exchange.version());
  }

  void begin() {
    if (request.maxWaitMs() <= 0 || asked.isEmpty() || enough()) {
      answer();
      return;
    }
    for (Asked each : asked) {
      Partition partition = partition(each.slot());
      if (partition != null) {
        partition.watch(look);
      }
    }
    exchange.broker().later(TimeUnit.MILLISECONDS.toNanos(request.maxWaitMs()), this::answer);
  }

  private void look() {
    if (!exchange.open()) {
      leave();
    } else if (enough()) {
      exchange.broker().whenRunning(this::answer);
    }
  }

  private void leave() {
    for (Asked each : asked) {
      Partition partition = partition(each.slot());
      if (partition != null) {
        partition.unwatch(look);
      }
    }
  }

  private @Nullable Topic topic(Slot slot) {
    return cluster.topics().find(slot.topic(), slot.topicId());
  }

  private @Nullable Partition partition(Slot slot) {
    return Topics.partition(topic(slot), slot.partition());
  }

  private boolean enough() {
    long bytes = 0;
    for (Asked each : asked) {
      Topic topic = topic(each.slot());
      Partition partition = Topics.partition(topic, each.slot().partition());
      PartitionData problem = reader.problem(topic != null, partition, each.request());
      if (problem != null) {
        return true;
      }
      if (partition != null) {
        bytes += reader.readableBytes(partition, each.request());
      }
    }
    return bytes >= request.minBytes();
  }

  private void answer() {
    leave();
    if (!exchange.open()) {
      return;
    }
    Map<Slot, List<PartitionData>> byTopic = new LinkedHashMap<>();
    Map<Integer, NodeEndpoint> leaders = new LinkedHashMap<>();
    int bytesLeft = request.maxBytes();
    boolean nothingYet = true;
    for (Asked each : asked) {
      Topic topic = topic(each.slot());
      Partition partition = Topics.partition(topic, each.slot().partition());
      PartitionData data = reader.problem(topic != null, partition, each.request());
      if (data == null && partition != null) {
        int limit = Math.min(bytesLeft, each.request().partitionMaxBytes());
        data = reader.read(partition, each.request(), limit, nothingYet);
        int size = data.records() == null ? 0 : data.records().remaining();
        bytesLeft = Math.max(0, bytesLeft - size);
        nothingYet &= size == 0;
      }
      if (data != null) {
        data = withLeader(data, partition, leaders);
        FetchSession session = place.session();
        boolean news = session == null || session.tell(each.slot(), data);
        if (news || !place.incremental()) {
          byTopic
              .computeIfAbsent(
                  new Slot(each.slot().topic(), each.slot().topicId(), 0),
                  slot -> new ArrayList<>())
              .add(data);
        }
      }
    }
    FetchSession session = place.session();
    List<FetchableTopicResponse> topics = new ArrayList<>();
    byTopic.forEach(
        (slot, data) -> topics.add(new FetchableTopicResponse(slot.topic(), slot.topicId(), data)));
    exchange.answer(
        FetchResponse.defaults()
            .withSessionId(session == null ? FetchSessions.NO_SESSION : session.id())
            .withResponses(topics)
            .withNodeEndpoints(List.copyOf(leaders.values())));
  }

  /** Tells who leads the partition now, to a client that can read it (KIP-951). */
  private PartitionData withLeader(
      PartitionData data, @Nullable Partition partition, Map<Integer, NodeEndpoint> leaders) {
    ErrorCode error = ErrorCode.of(data.errorCode());
    if (partition == null
        || exchange.version() < FIRST_WITH_LEADERS
        || !cluster.runs(partition.leader())
        || (error != ErrorCode.NOT_LEADER_OR_FOLLOWER && error != ErrorCode.FENCED_LEADER_EPOCH)) {
      return data;
    }
    FakeBroker leader = cluster.broker(partition.leader());
    leaders.put(leader.id(), new NodeEndpoint(leader.id(), leader.host(), leader.port(), null));
    return data.withCurrentLeader(
        new LeaderIdAndEpoch(partition.leader(), partition.leaderEpoch()));
  }
}

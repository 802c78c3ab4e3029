package io.millstream.produce;

import io.millstream.cluster.LeaderHint;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.network.BrokerAddress;
import io.millstream.network.Reply;
import io.millstream.network.RequestFailure;
import io.millstream.network.RequestSpec;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.BrokerVersions;
import io.millstream.protocol.ProduceRequestWriter;
import io.millstream.protocol.ProduceResponse;
import io.millstream.protocol.ProduceResponse.PartitionProduceResponse;
import io.millstream.transaction.BatchScope;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One produce request and what becomes of its batches. Owned by the event loop. */
final class ProduceCall implements RequestSpec<ProduceResponse>, Reply<ProduceResponse> {

  private final BrokerAddress broker;
  private final short acks;
  private final int timeoutMillis;
  private final Outcomes outcomes;
  private final BatchScope scope;
  private final SendMetrics metrics;
  private final Map<String, TopicPart> topics = new LinkedHashMap<>();
  private int bytes;
  private long sentNanos;

  /** Learns what became of each batch. */
  interface Outcomes {

    /** The broker told of other leaders; comes before what it answered for the batches. */
    void newLeaders(List<LeaderHint> hints);

    /** The broker answered. */
    void answered(Entry entry, BrokerAddress broker, PartitionProduceResponse told);

    /** The broker answered, and left this batch out. */
    void leftOut(Entry entry, BrokerAddress broker);

    /** The request failed. */
    void failed(Entry entry, RequestFailure failure);

    /** The request was written, and there will be no answer. */
    void written(Entry entry);

    /** All batches of the request were told of. */
    void requestOver();
  }

  /** One batch. */
  record Entry(PartitionLane lane, ProducerBatch batch) {}

  private static final class TopicPart {
    private final String name;
    private final Uuid topicId;
    private final List<Entry> entries = new ArrayList<>();

    private TopicPart(String name, Uuid topicId) {
      this.name = name;
      this.topicId = topicId;
    }
  }

  /**
   * Creates a request without batches.
   *
   * @param broker where it goes
   * @param acks 0, 1 or -1
   * @param timeoutMillis how long the broker may wait for its replicas
   * @param outcomes learns what became of the batches
   * @param scope the transaction that they belong to
   * @param metrics counts them, and the answer
   */
  ProduceCall(
      BrokerAddress broker,
      short acks,
      int timeoutMillis,
      Outcomes outcomes,
      BatchScope scope,
      SendMetrics metrics) {
    this.broker = broker;
    this.acks = acks;
    this.timeoutMillis = timeoutMillis;
    this.outcomes = outcomes;
    this.scope = scope;
    this.metrics = metrics;
  }

  /** Adds a batch; at most one of each partition. */
  void add(PartitionLane lane, ProducerBatch batch, Uuid topicId) {
    topics
        .computeIfAbsent(batch.partition().topic(), name -> new TopicPart(name, topicId))
        .entries
        .add(new Entry(lane, batch));
    bytes += batch.writer().wireBytes();
  }

  /** Returns the bytes of all batches. */
  int bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return topics.isEmpty();
  }

  /** Counts it as sent. */
  void leaves(long nowNanos) {
    sentNanos = nowNanos;
    List<ProducerBatch> batches = new ArrayList<>();
    topics.values().forEach(topic -> topic.entries.forEach(entry -> batches.add(entry.batch)));
    metrics.sent(batches, nowNanos);
  }

  @Override
  public ApiKey apiKey() {
    return ApiKey.PRODUCE;
  }

  @Override
  public short version(BrokerVersions versions) {
    boolean idsKnown =
        topics.values().stream().noneMatch(topic -> topic.topicId.equals(Uuid.ZERO_UUID));
    short newest = scope.newestProduceVersion();
    return versions.highestCommon(
        ApiKey.PRODUCE,
        idsKnown ? newest : (short) Math.min(newest, ProduceRequestWriter.NEWEST_WITH_TOPIC_NAMES));
  }

  @Override
  public void write(WireWriter out, short version) {
    ProduceRequestWriter writer = new ProduceRequestWriter(out, version);
    writer.begin(scope.transactionalId(), acks, timeoutMillis, topics.size());
    for (TopicPart topic : topics.values()) {
      writer.topic(topic.name, topic.topicId, topic.entries.size());
      for (Entry entry : topic.entries) {
        writer.partition(entry.batch.partition().partition(), entry.batch.writer().buffers());
      }
    }
    writer.end();
  }

  @Override
  public ProduceResponse read(WireReader in, short version) {
    return ProduceResponse.read(in, version);
  }

  @Override
  public int throttleTimeMs(ProduceResponse response) {
    return response.throttleTimeMs();
  }

  @Override
  public boolean answered() {
    return acks != 0;
  }

  @Override
  public void answered(ProduceResponse response, short version) {
    metrics.answered(broker, sentNanos, response.throttleTimeMs());
    ProduceAnswers answers = new ProduceAnswers(response);
    List<LeaderHint> hints = new ArrayList<>();
    List<@Nullable PartitionProduceResponse> told = new ArrayList<>();
    for (TopicPart topic : topics.values()) {
      for (Entry entry : topic.entries) {
        TopicPartition target = entry.batch.partition();
        PartitionProduceResponse partition = answers.of(target, topic.topicId);
        LeaderHint hint = partition == null ? null : answers.hint(target, partition);
        if (hint != null) {
          hints.add(hint);
        }
        told.add(partition);
      }
    }
    if (!hints.isEmpty()) {
      // All at once, and before the batches that are to go there.
      outcomes.newLeaders(hints);
    }
    Iterator<@Nullable PartitionProduceResponse> next = told.iterator();
    for (TopicPart topic : topics.values()) {
      for (Entry entry : topic.entries) {
        PartitionProduceResponse answer = next.next();
        if (answer == null) {
          outcomes.leftOut(entry, broker);
        } else {
          outcomes.answered(entry, broker, answer);
        }
      }
    }
    outcomes.requestOver();
  }

  @Override
  public void failed(RequestFailure failure) {
    topics.values().forEach(topic -> topic.entries.forEach(e -> outcomes.failed(e, failure)));
    outcomes.requestOver();
  }

  @Override
  public void written() {
    topics.values().forEach(topic -> topic.entries.forEach(outcomes::written));
    outcomes.requestOver();
  }
}

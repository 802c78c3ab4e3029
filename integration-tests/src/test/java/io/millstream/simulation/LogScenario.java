package io.millstream.simulation;

import io.millstream.common.Uuid;
import io.millstream.network.Purpose;
import io.millstream.protocol.CreateTopicsRequest;
import io.millstream.protocol.CreateTopicsRequest.CreatableTopic;
import io.millstream.protocol.CreateTopicsResponse;
import io.millstream.protocol.DeleteTopicsRequest;
import io.millstream.protocol.DeleteTopicsRequest.DeleteTopicState;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.FetchRequest;
import io.millstream.protocol.FetchRequest.FetchPartition;
import io.millstream.protocol.FetchRequest.FetchTopic;
import io.millstream.protocol.FetchRequest.ForgottenTopic;
import io.millstream.protocol.FetchResponse;
import io.millstream.protocol.InitProducerIdRequest;
import io.millstream.protocol.InitProducerIdResponse;
import io.millstream.protocol.ListOffsetsRequest;
import io.millstream.protocol.ListOffsetsRequest.ListOffsetsPartition;
import io.millstream.protocol.ListOffsetsRequest.ListOffsetsTopic;
import io.millstream.protocol.MetadataRequest;
import io.millstream.protocol.MetadataRequest.MetadataRequestTopic;
import io.millstream.protocol.MetadataResponse;
import io.millstream.protocol.OffsetForLeaderEpochRequest;
import io.millstream.protocol.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.millstream.protocol.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.millstream.protocol.ProduceRequest;
import io.millstream.protocol.ProduceRequest.PartitionProduceData;
import io.millstream.protocol.ProduceRequest.TopicProduceData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Topics, appending and reading, message by message, on one broker with the id 1. */
final class LogScenario {

  private static final String TOPIC = "orders";
  private static final int LARGE = 1 << 20;

  private final Dialogue broker;
  private final Transcript transcript = new Transcript();
  private Uuid topicId = Uuid.ZERO_UUID;

  LogScenario(Dialogue broker) {
    this.broker = broker;
  }

  List<String> run() {
    topics();
    produce();
    idempotentProduce();
    fetch();
    fetchSession();
    offsets();
    deletion();
    return transcript.lines();
  }

  private void topics() {
    create("create", false, topic(TOPIC, 2, 1));
    create("create again", false, topic(TOPIC, 2, 1));
    create("illegal name", false, topic("a b", 1, 1));
    create("no partition", false, topic("none", 0, 1));
    create("too many replicas", false, topic("many", 1, 2));
    create("only looked at", true, topic("looked-at", 1, 1));
    create("twice", false, topic("twice", 1, 1), topic("twice", 1, 1));
    topicId = awaitLeaders();
    transcript.name(topicId, "orders-id");
    metadata("metadata", named(TOPIC));
    metadata("metadata of unknown topic", named("unknown"));
    metadata("metadata of illegal name", named("a b"));
    metadata("metadata by id", new MetadataRequestTopic(topicId, null));
    metadata("metadata of unknown id", new MetadataRequestTopic(new Uuid(1, 2), null));
  }

  private static CreatableTopic topic(String name, int partitions, int replicas) {
    return CreatableTopic.defaults()
        .withName(name)
        .withNumPartitions(partitions)
        .withReplicationFactor((short) replicas);
  }

  private void create(String step, boolean validateOnly, CreatableTopic... topics) {
    CreateTopicsResponse answer =
        broker.ask(
            CreateTopicsRequest.defaults()
                .withTopics(List.of(topics))
                .withValidateOnly(validateOnly));
    answer
        .topics()
        .forEach(
            topic ->
                transcript.add(step, topic.withTopicId(Uuid.ZERO_UUID).withConfigs(List.of())));
  }

  private Uuid awaitLeaders() {
    while (true) {
      MetadataResponse.MetadataResponseTopic topic = metadata(named(TOPIC)).topics().get(0);
      if (topic.errorCode() == 0
          && topic.partitions().stream().allMatch(partition -> partition.leaderId() == 1)) {
        return topic.topicId();
      }
    }
  }

  private static MetadataRequestTopic named(String name) {
    return MetadataRequestTopic.defaults().withName(name);
  }

  private MetadataResponse metadata(MetadataRequestTopic topic) {
    return broker.ask(
        MetadataRequest.defaults().withTopics(List.of(topic)).withAllowAutoTopicCreation(false));
  }

  private void metadata(String step, MetadataRequestTopic topic) {
    transcript.add(step, metadata(topic).topics());
  }

  private void produce() {
    produce("first batch", 0, Batches.plain(3));
    produce("second batch", 0, Batches.plain(2));
    ByteBuffer corrupt = Batches.plain(1);
    corrupt.put(corrupt.limit() - 1, (byte) (corrupt.get(corrupt.limit() - 1) ^ 1));
    produce("corrupt", 0, corrupt);
    produce("two batches", 0, Batches.together(Batches.plain(1), Batches.plain(1)));
    produce("too large", 0, Batches.of(-1, (short) -1, -1, 1, 1, 1_100_000));
    produce("future", 0, Batches.of(-1, (short) -1, -1, 1, 32_000_000_000_000L, 10));
    produce("unknown partition", 9, Batches.plain(1));
    transcript.add(
        "unknown topic id",
        broker.ask(produceRequest(new Uuid(1, 2), (short) -1, 0, Batches.plain(1))));
    transcript.add(
        "unknown topic",
        broker.ask(
            produceRequest(topicId, (short) -1, 0, Batches.plain(1))
                .withTopicData(
                    List.of(
                        new TopicProduceData(
                            "unknown",
                            Uuid.ZERO_UUID,
                            List.of(new PartitionProduceData(0, Batches.plain(1)))))),
            12));
    transcript.add("acks 2", broker.ask(produceRequest(topicId, (short) 2, 0, Batches.plain(1))));
    transcript.add("acks 1", broker.ask(produceRequest(topicId, (short) 1, 0, Batches.plain(1))));
  }

  private ProduceRequest produceRequest(Uuid id, short acks, int partition, ByteBuffer batch) {
    return ProduceRequest.defaults()
        .withAcks(acks)
        .withTimeoutMs(10_000)
        .withTopicData(
            List.of(
                new TopicProduceData(
                    TOPIC, id, List.of(new PartitionProduceData(partition, batch)))));
  }

  private void produce(String step, int partition, ByteBuffer batch) {
    transcript.add(step, broker.ask(produceRequest(topicId, (short) -1, partition, batch)));
  }

  private void idempotentProduce() {
    long first = newProducerId();
    for (int sequence = 0; sequence < 14; sequence += 2) {
      produce("sequence " + sequence, 1, Batches.of(first, (short) 0, sequence, 2));
    }
    produce("last again", 1, Batches.of(first, (short) 0, 12, 2));
    produce("fifth last again", 1, Batches.of(first, (short) 0, 4, 2));
    produce("sixth last again", 1, Batches.of(first, (short) 0, 2, 2));
    produce("part of the last", 1, Batches.of(first, (short) 0, 13, 1));
    produce("gap", 1, Batches.of(first, (short) 0, 16, 1));
    produce("new epoch, wrong sequence", 1, Batches.of(first, (short) 1, 5, 1));
    produce("new epoch", 1, Batches.of(first, (short) 1, 0, 1));
    produce("old epoch", 1, Batches.of(first, (short) 0, 14, 1));
    long second = newProducerId();
    produce("unknown producer", 1, Batches.of(second, (short) 0, Integer.MAX_VALUE - 1, 2));
    produce("wrapped around", 1, Batches.of(second, (short) 0, 0, 1));
    produce("no sequence", 1, Batches.of(second, (short) 0, -1, 1));
  }

  /** A broker that has just started may have no id to give yet. */
  private long newProducerId() {
    InitProducerIdRequest request =
        InitProducerIdRequest.defaults().withTransactionalId(null).withTransactionTimeoutMs(60_000);
    InitProducerIdResponse answer = broker.ask(request);
    while (ErrorCode.of(answer.errorCode()).retriable()) {
      answer = broker.ask(request);
    }
    transcript.add("producer id", answer.errorCode() + " " + answer.producerEpoch());
    return answer.producerId();
  }

  private void fetch() {
    int batchBytes = Batches.plain(3).remaining();
    fetchOne("from the beginning", at(0, 0));
    fetchOne("inside a batch", at(0, 1));
    fetchOne("second batch", at(0, 3));
    fetchOne("at the end", at(0, 6));
    fetchOne("beyond the end", at(0, 7));
    fetchOne("negative offset", at(0, -5));
    fetchOne("one byte", at(0, 0).withPartitionMaxBytes(1));
    fetchOne("a batch and a half", at(0, 0).withPartitionMaxBytes(batchBytes + 20));
    fetchOne("fenced epoch", at(0, 0).withCurrentLeaderEpoch(0));
    fetchOne("unknown epoch", at(0, 0).withCurrentLeaderEpoch(100));
    fetchOne("last fetched epoch", at(0, 2).withLastFetchedEpoch(0));
    fetchOne("last fetched epoch unknown", at(0, 2).withLastFetchedEpoch(50));
    fetchOne("unknown partition", at(9, 0));
    transcript.add(
        "two partitions, little room",
        broker.ask(fetchRequest(-1, 0, at(0, 0), at(1, 0)).withMaxBytes(batchBytes + 30)));
    transcript.add(
        "two partitions, no room",
        broker.ask(fetchRequest(-1, 0, at(0, 0), at(1, 0)).withMaxBytes(1)));
    transcript.add(
        "committed only", broker.ask(fetchRequest(-1, 0, at(0, 0)).withIsolationLevel((byte) 1)));
    FetchRequest unknown =
        fetchRequest(-1, 0)
            .withTopics(List.of(new FetchTopic("", new Uuid(1, 2), List.of(at(0, 0)))));
    transcript.add("unknown topic id", broker.ask(unknown));
    FetchRequest byName =
        fetchRequest(-1, 0)
            .withTopics(List.of(new FetchTopic("unknown", Uuid.ZERO_UUID, List.of(at(0, 0)))));
    transcript.add("unknown topic", broker.ask(byName, 12));
  }

  private static FetchPartition at(int partition, long offset) {
    return FetchPartition.defaults()
        .withPartition(partition)
        .withFetchOffset(offset)
        .withPartitionMaxBytes(LARGE);
  }

  private FetchRequest fetchRequest(int sessionEpoch, int sessionId, FetchPartition... partitions) {
    FetchRequest request =
        FetchRequest.defaults()
            .withMaxWaitMs(100)
            .withMinBytes(1)
            .withMaxBytes(LARGE)
            .withSessionId(sessionId)
            .withSessionEpoch(sessionEpoch);
    return partitions.length == 0
        ? request
        : request.withTopics(List.of(new FetchTopic(TOPIC, topicId, List.of(partitions))));
  }

  private void fetchOne(String step, FetchPartition partition) {
    transcript.add(step, broker.ask(Purpose.FETCH, fetchRequest(-1, 0, partition)));
  }

  private void fetchSession() {
    FetchResponse first = session("new session", fetchRequest(0, 0, at(0, 6), at(1, 0)));
    int id = first.sessionId();
    transcript.name("sessionId=" + id, "session");
    session("nothing new", fetchRequest(1, id, at(1, 18)));
    session("still nothing", fetchRequest(2, id));
    produce("appended", 0, Batches.plain(2));
    session("news of one", fetchRequest(3, id));
    session("not taken, so again", fetchRequest(4, id));
    session(
        "one forgotten",
        fetchRequest(5, id)
            .withForgottenTopicsData(List.of(new ForgottenTopic(TOPIC, topicId, List.of(0)))));
    session("wrong epoch", fetchRequest(5, id));
    session("right epoch", fetchRequest(6, id));
    session("unknown session", fetchRequest(1, id == 7 ? 8 : 7));
    transcript.add("another way of naming topics", broker.ask(fetchRequest(7, id), 12));
    session("end of session", fetchRequest(-1, id, at(0, 6)));
    session("ended session", fetchRequest(7, id));
    long before = broker.nanoTime();
    session("enough bytes, no wait", fetchRequest(-1, 0, at(0, 6)).withMaxWaitMs(20_000));
    transcript.add("waited", broker.nanoTime() - before > 10_000_000_000L);
  }

  private FetchResponse session(String step, FetchRequest request) {
    FetchResponse answer = broker.ask(Purpose.FETCH, request);
    if (answer.sessionId() != 0 && request.sessionEpoch() == 0) {
      transcript.name("sessionId=" + answer.sessionId(), "session");
    }
    transcript.add(step, answer);
    return answer;
  }

  private void offsets() {
    offset("latest", -1);
    offset("earliest", -2);
    offset("highest timestamp", -3);
    offset("earliest local", -4);
    offset("first of the batches", Batches.FIRST_TIMESTAMP_MILLIS);
    offset("second of the batches", Batches.FIRST_TIMESTAMP_MILLIS + 1);
    offset("before all", 5);
    offset("after all", Batches.FIRST_TIMESTAMP_MILLIS + 1_000_000);
    transcript.add("offset of unknown partition", broker.ask(listOffsets(9, -1, -1)));
    transcript.add("offset, unknown epoch", broker.ask(listOffsets(0, -1, 50)));
    epochEnd("epoch 0", 0);
    epochEnd("epoch 1", 1);
    epochEnd("no epoch", -1);
    transcript.add("epoch end of unknown partition", broker.ask(epochEnds(9, 0, -1)));
    transcript.add("epoch end, unknown epoch", broker.ask(epochEnds(0, 0, 50)));
  }

  private void offset(String step, long timestamp) {
    transcript.add(step, broker.ask(listOffsets(0, timestamp, -1)));
  }

  private static ListOffsetsRequest listOffsets(int partition, long timestamp, int epoch) {
    ListOffsetsPartition asked = new ListOffsetsPartition(partition, epoch, timestamp);
    return ListOffsetsRequest.defaults()
        .withReplicaId(-1)
        .withTimeoutMs(10_000)
        .withTopics(List.of(new ListOffsetsTopic(TOPIC, List.of(asked))));
  }

  private void epochEnd(String step, int epoch) {
    transcript.add(step, broker.ask(epochEnds(0, epoch, -1)));
  }

  private static OffsetForLeaderEpochRequest epochEnds(int partition, int epoch, int current) {
    OffsetForLeaderPartition asked = new OffsetForLeaderPartition(partition, current, epoch);
    return OffsetForLeaderEpochRequest.defaults()
        .withTopics(List.of(new OffsetForLeaderTopic(TOPIC, List.of(asked))));
  }

  private void deletion() {
    List<DeleteTopicState> unknown = new ArrayList<>();
    unknown.add(new DeleteTopicState("unknown", Uuid.ZERO_UUID));
    unknown.add(new DeleteTopicState(null, new Uuid(1, 2)));
    for (DeleteTopicState topic : unknown) {
      transcript.add("delete what is not there", delete(topic));
    }
    transcript.add("delete", delete(new DeleteTopicState(TOPIC, Uuid.ZERO_UUID)));
    while (metadata(named(TOPIC)).topics().get(0).errorCode() == 0) {
      // Until the broker knows of it.
    }
    metadata("metadata of deleted topic", new MetadataRequestTopic(topicId, null));
  }

  private Object delete(DeleteTopicState topic) {
    return broker.ask(
        DeleteTopicsRequest.defaults().withTopics(List.of(topic)).withTimeoutMs(10_000));
  }
}

package io.millstream.simulation;

import io.millstream.common.Uuid;
import io.millstream.network.Purpose;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.CreateTopicsRequest;
import io.millstream.protocol.CreateTopicsRequest.CreatableTopic;
import io.millstream.protocol.CreateTopicsRequest.CreatableTopicConfig;
import io.millstream.protocol.EndTxnRequest;
import io.millstream.protocol.EndTxnResponse;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.FindCoordinatorRequest;
import io.millstream.protocol.FindCoordinatorResponse;
import io.millstream.protocol.InitProducerIdRequest;
import io.millstream.protocol.InitProducerIdResponse;
import io.millstream.protocol.ProduceRequest;
import io.millstream.protocol.ProduceRequest.PartitionProduceData;
import io.millstream.protocol.ProduceRequest.TopicProduceData;
import io.millstream.protocol.ProduceResponse;
import io.millstream.protocol.ProduceResponse.PartitionProduceResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ToIntFunction;

/** Batches that a broker refuses, and those of transactions, message by message. */
final class ProduceScenario {

  private static final String TRANSACTIONS = "transfers";
  private static final int NEWEST_OF_VERSION_ONE = 11;

  private final Dialogue broker;
  private final Transcript transcript = new Transcript();

  ProduceScenario(Dialogue broker) {
    this.broker = broker;
  }

  /** Who writes. */
  private record Producer(long id, int epoch) {

    Producer epoch(int other) {
      return new Producer(id, other);
    }
  }

  List<String> run() {
    refusedRecords();
    tooLarge();
    transactions();
    return transcript.lines();
  }

  private Uuid create(String name, String key, String value) {
    Uuid id =
        broker
            .ask(
                CreateTopicsRequest.defaults()
                    .withTopics(
                        List.of(
                            CreatableTopic.defaults()
                                .withName(name)
                                .withNumPartitions(2)
                                .withReplicationFactor((short) 1)
                                .withConfigs(List.of(new CreatableTopicConfig(key, value))))))
            .topics()
            .get(0)
            .topicId();
    transcript.name(id, name);
    return id;
  }

  private static ProduceRequest request(String topic, Uuid id, int partition, ByteBuffer batch) {
    return ProduceRequest.defaults()
        .withAcks((short) -1)
        .withTimeoutMs(10_000)
        .withTopicData(
            List.of(
                new TopicProduceData(
                    topic, id, List.of(new PartitionProduceData(partition, batch)))));
  }

  private static int errorOf(ProduceResponse answer) {
    return answer.responses().get(0).partitionResponses().get(0).errorCode();
  }

  /** Asks until the answer is not one of a broker that is not so far yet. */
  private <R extends ApiResponse> R settled(
      ApiRequest<R> request, int version, ToIntFunction<R> error) {
    while (true) {
      R answer = broker.await(broker.begin(Purpose.CONTROL, request, version));
      ErrorCode code = ErrorCode.of((short) error.applyAsInt(answer));
      if (!code.retriable() || code == ErrorCode.CORRUPT_MESSAGE) {
        return answer;
      }
    }
  }

  private void produce(String step, ProduceRequest request, int version) {
    ProduceResponse answer = settled(request, version, ProduceScenario::errorOf);
    PartitionProduceResponse told = answer.responses().get(0).partitionResponses().get(0);
    transcript.add(step, told.withRecordErrors(List.of()).withErrorMessage(null));
    transcript.add(
        step + ", records at fault",
        told.recordErrors().stream().map(record -> record.batchIndex()).toList());
  }

  private void produce(String step, ProduceRequest request) {
    produce(step, request, request.apiKey().newestVersion());
  }

  private void refusedRecords() {
    Uuid id = create("compacted", "cleanup.policy", "compact");
    produce("no key", request("compacted", id, 0, Batches.plain(3)));
    produce("keys", request("compacted", id, 0, Batches.keyed("a", "b")));
    produce("one without a key", request("compacted", id, 0, Batches.keyed("a", null, "c", null)));
    produce("no key, idempotent", request("compacted", id, 0, Batches.of(70_000, (short) 0, 0, 1)));
    produce("by name", request("compacted", Uuid.ZERO_UUID, 0, Batches.plain(1)), 12);
  }

  private void tooLarge() {
    Uuid id = create("small", "max.message.bytes", "300");
    produce("fits", request("small", id, 0, Batches.of(-1, (short) -1, -1, 1, 1, 100)));
    produce("too large", request("small", id, 0, Batches.of(-1, (short) -1, -1, 2, 1, 300)));
    produce(
        "too large, idempotent",
        request("small", id, 0, Batches.of(70_000, (short) 0, 0, 2, 1, 300)));
    produce("sequence goes on", request("small", id, 0, Batches.of(70_000, (short) 0, 0, 1)));
  }

  private void transactions() {
    Uuid id = create("moved", "cleanup.policy", "delete");
    settled(
        FindCoordinatorRequest.defaults()
            .withKeyType((byte) 1)
            .withCoordinatorKeys(List.of(TRANSACTIONS)),
        4,
        (FindCoordinatorResponse answer) -> answer.coordinators().get(0).errorCode());
    Producer first = init("first instance", new Producer(-1, -1));
    produce("without the transactional id", request("moved", id, 0, batch(first, 0)));
    ProduceRequest byName = inTransaction(Uuid.ZERO_UUID, 0, first, 0);
    produce("not added, version 1", byName, NEWEST_OF_VERSION_ONE);
    produce("not added, older version 1", byName, NEWEST_OF_VERSION_ONE - 1);
    produce("first of the transaction", inTransaction(id, 0, first, 0));
    produce("again", inTransaction(id, 0, first, 0));
    produce("gap", inTransaction(id, 0, first, 5));
    produce("another id", inTransaction(id, 0, new Producer(first.id() + 77, 0), 0));
    produce("epoch to come", inTransaction(id, 0, first.epoch(9), 0));
    end("commit", first, true);
    end("commit again", first, true);
    end("abort what is committed", first, false);
    produce("epoch of the transaction before", inTransaction(id, 0, first, 1));
    Producer next = first.epoch(first.epoch() + 1);
    produce("next transaction, sequence goes on", inTransaction(id, 0, next, 1));
    produce("next transaction, new sequence", inTransaction(id, 0, next, 0));
    end("abort", next, false);
    end("commit what is aborted", next, true);
    Producer second = init("second instance", new Producer(-1, -1));
    produce("fenced", inTransaction(id, 0, next, 1));
    end("commit of the fenced", next, true);
    init("fenced instance wants to go on", next);
    produce("second instance", inTransaction(id, 1, second, 0));
    end("commit of the second", second, true);
    end("commit of an unknown id", new Producer(second.id() + 77, 0), true);
  }

  private Producer init(String step, Producer from) {
    InitProducerIdResponse answer =
        settled(
            InitProducerIdRequest.defaults()
                .withTransactionalId(TRANSACTIONS)
                .withTransactionTimeoutMs(60_000)
                .withProducerId(from.id())
                .withProducerEpoch((short) from.epoch()),
            5,
            InitProducerIdResponse::errorCode);
    transcript.add(step, answer.errorCode() + " epoch " + answer.producerEpoch());
    return new Producer(answer.producerId(), answer.producerEpoch());
  }

  private void end(String step, Producer producer, boolean commit) {
    EndTxnResponse answer =
        settled(
            EndTxnRequest.defaults()
                .withTransactionalId(TRANSACTIONS)
                .withProducerId(producer.id())
                .withProducerEpoch((short) producer.epoch())
                .withCommitted(commit),
            5,
            EndTxnResponse::errorCode);
    transcript.add(
        step,
        "%d, same id %b, epoch %d"
            .formatted(
                answer.errorCode(), answer.producerId() == producer.id(), answer.producerEpoch()));
  }

  private static ByteBuffer batch(Producer producer, int sequence) {
    return Batches.transactional(producer.id(), (short) producer.epoch(), sequence, 1);
  }

  private static ProduceRequest inTransaction(
      Uuid id, int partition, Producer producer, int sequence) {
    return request("moved", id, partition, batch(producer, sequence))
        .withTransactionalId(TRANSACTIONS);
  }
}

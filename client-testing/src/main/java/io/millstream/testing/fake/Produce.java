package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.ProduceRequest;
import io.millstream.protocol.ProduceRequest.PartitionProduceData;
import io.millstream.protocol.ProduceRequest.TopicProduceData;
import io.millstream.protocol.ProduceResponse;
import io.millstream.protocol.ProduceResponse.LeaderIdAndEpoch;
import io.millstream.protocol.ProduceResponse.NodeEndpoint;
import io.millstream.protocol.ProduceResponse.PartitionProduceResponse;
import io.millstream.protocol.ProduceResponse.TopicProduceResponse;
import io.millstream.record.CorruptBatchException;
import io.millstream.record.RecordBatchCursor;
import io.millstream.testing.fake.ClusterState.ProducerIdentity;
import io.millstream.testing.fake.PartitionLog.Result;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Appends batches to the logs of partitions that this broker leads. */
final class Produce implements Handler<ProduceRequest, ProduceResponse> {

  private static final short FIRST_WITH_TOPIC_IDS = 13;
  private static final short FIRST_WITH_LEADERS = 10;
  private static final short FIRST_THAT_ADDS_PARTITIONS = 12;
  private static final short FIRST_WITH_ABORTABLE = 11;
  private static final short ALL = -1;

  private final ClusterState cluster;

  Produce(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(ProduceRequest request, Exchange<ProduceResponse> exchange) {
    if (request.acks() < ALL || request.acks() > 1) {
      exchange.answer(refuse(request, ErrorCode.INVALID_REQUIRED_ACKS, exchange.version()));
      return;
    }
    boolean failed = false;
    boolean replicates = false;
    Map<Integer, NodeEndpoint> leaders = new LinkedHashMap<>();
    List<TopicProduceResponse> topics = new ArrayList<>();
    for (TopicProduceData data : request.topicData()) {
      List<PartitionProduceResponse> answers = new ArrayList<>();
      Topic topic = cluster.topics().find(data.name(), data.topicId());
      for (PartitionProduceData partitionData : data.partitionData()) {
        PartitionProduceResponse answer =
            append(request.transactionalId(), topic, partitionData, exchange, leaders);
        answers.add(answer);
        failed |= answer.errorCode() != ErrorCode.NONE.code();
        replicates |= topic != null && topic.replicationFactor() > 1;
      }
      topics.add(new TopicProduceResponse(data.name(), data.topicId(), answers));
    }
    if (request.acks() == 0) {
      if (failed) {
        exchange.disconnect();
      } else {
        exchange.silent();
      }
      return;
    }
    ProduceResponse answer =
        ProduceResponse.defaults()
            .withResponses(topics)
            .withNodeEndpoints(List.copyOf(leaders.values()));
    if (request.acks() == ALL && replicates) {
      long delayNanos = cluster.timing().replicationNanos(cluster.random());
      exchange.broker().later(delayNanos, () -> exchange.answer(answer));
    } else {
      exchange.answer(answer);
    }
  }

  private PartitionProduceResponse append(
      @Nullable String transactionalId,
      @Nullable Topic topic,
      PartitionProduceData data,
      Exchange<ProduceResponse> exchange,
      Map<Integer, NodeEndpoint> leaders) {
    Partition partition = Topics.partition(topic, data.index());
    if (partition == null) {
      return refused(
          data.index(),
          topic == null && exchange.version() >= FIRST_WITH_TOPIC_IDS
              ? ErrorCode.UNKNOWN_TOPIC_ID
              : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }
    ErrorCode error = partition.check(exchange.broker(), -1);
    if (error != ErrorCode.NONE) {
      cluster.host().note(partition + " refused with " + error);
      PartitionProduceResponse refused = refused(data.index(), error);
      if (exchange.version() < FIRST_WITH_LEADERS || !cluster.runs(partition.leader())) {
        return refused;
      }
      FakeBroker leader = cluster.broker(partition.leader());
      leaders.put(leader.id(), new NodeEndpoint(leader.id(), leader.host(), leader.port(), null));
      return refused.withCurrentLeader(
          new LeaderIdAndEpoch(partition.leader(), partition.leaderEpoch()));
    }
    ErrorCode notOpen = checkTransaction(transactionalId, partition, data, exchange.version());
    if (notOpen != ErrorCode.NONE) {
      cluster.host().note(partition + " refused with " + notOpen);
      return refused(data.index(), notOpen);
    }
    long end = partition.log().endOffset();
    Result result = partition.log().append(data.records(), cluster.host().wallMillis());
    if (result.error() != ErrorCode.NONE) {
      cluster.host().note(partition + " refused with " + result.error());
      return refused(data.index(), result.error())
          .withLogStartOffset(result.startOffset())
          .withErrorMessage(result.message())
          .withRecordErrors(result.recordErrors());
    }
    String verb = result.baseOffset() < end ? " has already " : " has ";
    cluster.host().note(partition + verb + result.baseOffset());
    partition.wake();
    return PartitionProduceResponse.defaults()
        .withIndex(data.index())
        .withBaseOffset(result.baseOffset())
        .withLogAppendTimeMs(result.appendTimeMillis())
        .withLogStartOffset(result.startOffset());
  }

  private ErrorCode checkTransaction(
      @Nullable String transactionalId,
      Partition partition,
      PartitionProduceData data,
      short version) {
    ByteBuffer records = data.records();
    if (records == null) {
      return ErrorCode.NONE;
    }
    RecordBatchCursor batch = new RecordBatchCursor();
    batch.reset(records.duplicate());
    boolean isTransactional;
    try {
      isTransactional = batch.next() && batch.isTransactional();
    } catch (CorruptBatchException e) {
      // Whoever appends it finds that out, too.
      return ErrorCode.NONE;
    }
    if (transactionalId == null) {
      return isTransactional ? ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED : ErrorCode.NONE;
    }
    if (!isTransactional) {
      return ErrorCode.INVALID_TXN_STATE;
    }
    ErrorCode error =
        cluster
            .transactions()
            .checkAppend(
                transactionalId,
                new ProducerIdentity(batch.producerId(), batch.producerEpoch()),
                partition,
                version >= FIRST_THAT_ADDS_PARTITIONS);
    return error == ErrorCode.INVALID_TXN_STATE && version >= FIRST_WITH_ABORTABLE
        ? ErrorCode.TRANSACTION_ABORTABLE
        : error;
  }

  private static PartitionProduceResponse refused(int index, ErrorCode error) {
    return PartitionProduceResponse.defaults()
        .withIndex(index)
        .withErrorCode(error.code())
        .withBaseOffset(-1);
  }

  @Override
  public ProduceResponse refuse(ProduceRequest request, ErrorCode error, short version) {
    return ProduceResponse.defaults()
        .withResponses(
            request.topicData().stream()
                .map(
                    data ->
                        new TopicProduceResponse(
                            data.name(),
                            data.topicId(),
                            data.partitionData().stream()
                                .map(partition -> refused(partition.index(), error))
                                .toList()))
                .toList());
  }

  @Override
  public ProduceResponse throttled(ProduceResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

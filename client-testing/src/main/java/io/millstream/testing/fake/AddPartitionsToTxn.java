package io.millstream.testing.fake;

import io.millstream.protocol.AddPartitionsToTxnRequest;
import io.millstream.protocol.AddPartitionsToTxnRequest.AddPartitionsToTxnTopic;
import io.millstream.protocol.AddPartitionsToTxnResponse;
import io.millstream.protocol.AddPartitionsToTxnResponse.AddPartitionsToTxnPartitionResult;
import io.millstream.protocol.AddPartitionsToTxnResponse.AddPartitionsToTxnTopicResult;
import io.millstream.protocol.ErrorCode;
import io.millstream.testing.fake.ClusterState.ProducerIdentity;
import java.util.List;
import java.util.function.Function;

/** Makes partitions part of a transaction: all that are asked for, or none. */
final class AddPartitionsToTxn
    implements Handler<AddPartitionsToTxnRequest, AddPartitionsToTxnResponse> {

  private final ClusterState cluster;

  AddPartitionsToTxn(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(
      AddPartitionsToTxnRequest request, Exchange<AddPartitionsToTxnResponse> exchange) {
    String id = request.v3AndBelowTransactionalId();
    ErrorCode error = cluster.transactions().check(id, exchange.broker());
    if (error != ErrorCode.NONE) {
      exchange.answer(refuse(request, error, exchange.version()));
      return;
    }
    ProducerIdentity producer =
        new ProducerIdentity(request.v3AndBelowProducerId(), request.v3AndBelowProducerEpoch());
    boolean allKnown =
        request.v3AndBelowTopics().stream()
            .allMatch(
                topic ->
                    topic.partitions().stream().allMatch(index -> isKnown(topic.name(), index)));
    exchange.answer(
        answer(
            request,
            topic ->
                index -> {
                  if (!isKnown(topic, index)) {
                    return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
                  }
                  return allKnown
                      ? cluster
                          .transactions()
                          .addPartition(id, producer, cluster.topics().require(topic, index))
                      : ErrorCode.OPERATION_NOT_ATTEMPTED;
                }));
  }

  private boolean isKnown(String topic, int index) {
    return Topics.partition(cluster.topics().find(topic), index) != null;
  }

  private static AddPartitionsToTxnResponse answer(
      AddPartitionsToTxnRequest request, Function<String, Function<Integer, ErrorCode>> errors) {
    List<AddPartitionsToTxnTopicResult> topics =
        request.v3AndBelowTopics().stream()
            .map(topic -> answer(topic, errors.apply(topic.name())))
            .toList();
    return AddPartitionsToTxnResponse.defaults().withResultsByTopicV3AndBelow(topics);
  }

  private static AddPartitionsToTxnTopicResult answer(
      AddPartitionsToTxnTopic topic, Function<Integer, ErrorCode> errors) {
    return new AddPartitionsToTxnTopicResult(
        topic.name(),
        topic.partitions().stream()
            .map(index -> new AddPartitionsToTxnPartitionResult(index, errors.apply(index).code()))
            .toList());
  }

  @Override
  public AddPartitionsToTxnResponse refuse(
      AddPartitionsToTxnRequest request, ErrorCode error, short version) {
    return answer(request, topic -> index -> error);
  }

  @Override
  public AddPartitionsToTxnResponse throttled(AddPartitionsToTxnResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

package io.millstream.testing.fake;

import io.millstream.protocol.AddOffsetsToTxnRequest;
import io.millstream.protocol.AddOffsetsToTxnResponse;
import io.millstream.protocol.ErrorCode;
import io.millstream.testing.fake.ClusterState.ProducerIdentity;

/** Makes a group part of a transaction. */
final class AddOffsetsToTxn implements Handler<AddOffsetsToTxnRequest, AddOffsetsToTxnResponse> {

  private final ClusterState cluster;

  AddOffsetsToTxn(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(AddOffsetsToTxnRequest request, Exchange<AddOffsetsToTxnResponse> exchange) {
    ErrorCode error = cluster.transactions().check(request.transactionalId(), exchange.broker());
    if (error == ErrorCode.NONE) {
      error =
          cluster
              .transactions()
              .addGroup(
                  request.transactionalId(),
                  new ProducerIdentity(request.producerId(), request.producerEpoch()),
                  request.groupId());
    }
    exchange.answer(refuse(request, error, exchange.version()));
  }

  @Override
  public AddOffsetsToTxnResponse refuse(
      AddOffsetsToTxnRequest request, ErrorCode error, short version) {
    return AddOffsetsToTxnResponse.defaults().withErrorCode(error.code());
  }

  @Override
  public AddOffsetsToTxnResponse throttled(AddOffsetsToTxnResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

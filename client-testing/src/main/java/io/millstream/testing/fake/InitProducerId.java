package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.InitProducerIdRequest;
import io.millstream.protocol.InitProducerIdResponse;
import io.millstream.testing.fake.ClusterState.ProducerIdentity;

/** Gives producers their ids. */
final class InitProducerId implements Handler<InitProducerIdRequest, InitProducerIdResponse> {

  private final ClusterState cluster;

  InitProducerId(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(InitProducerIdRequest request, Exchange<InitProducerIdResponse> exchange) {
    String transactionalId = request.transactionalId();
    if (transactionalId == null) {
      exchange.answer(given(cluster.newProducer()));
    } else if (transactionalId.isEmpty()) {
      exchange.answer(refuse(request, ErrorCode.INVALID_REQUEST, exchange.version()));
    } else if (cluster.coordinator(transactionalId) != exchange.broker()) {
      exchange.answer(refuse(request, ErrorCode.NOT_COORDINATOR, exchange.version()));
    } else if (request.enable2Pc() && !cluster.transactions().allowsTwoPhases()) {
      exchange.answer(
          refuse(request, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED, exchange.version()));
    } else {
      Transactions.Result result =
          cluster
              .transactions()
              .init(
                  transactionalId,
                  request.enable2Pc() ? Transactions.FOR_EVER : request.transactionTimeoutMs(),
                  new ProducerIdentity(request.producerId(), request.producerEpoch()));
      exchange.answer(
          result.error() == ErrorCode.NONE
              ? given(result.producer())
              : refuse(request, result.error(), exchange.version()));
    }
  }

  private static InitProducerIdResponse given(ProducerIdentity producer) {
    return InitProducerIdResponse.defaults()
        .withProducerId(producer.id())
        .withProducerEpoch(producer.epoch());
  }

  @Override
  public InitProducerIdResponse refuse(
      InitProducerIdRequest request, ErrorCode error, short version) {
    return InitProducerIdResponse.defaults()
        .withErrorCode(error.code())
        .withProducerId(-1)
        .withProducerEpoch((short) -1);
  }

  @Override
  public InitProducerIdResponse throttled(InitProducerIdResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

package io.millstream.testing.fake;

import io.millstream.protocol.EndTxnRequest;
import io.millstream.protocol.EndTxnResponse;
import io.millstream.protocol.ErrorCode;
import io.millstream.testing.fake.ClusterState.ProducerIdentity;

/** Commits and aborts transactions. */
final class EndTxn implements Handler<EndTxnRequest, EndTxnResponse> {

  private static final short FIRST_OF_VERSION_TWO = 5;

  private final ClusterState cluster;

  EndTxn(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(EndTxnRequest request, Exchange<EndTxnResponse> exchange) {
    String id = request.transactionalId();
    ErrorCode error = cluster.transactions().check(id, exchange.broker());
    if (error != ErrorCode.NONE) {
      exchange.answer(refuse(request, error, exchange.version()));
      return;
    }
    boolean isVersionTwo = exchange.version() >= FIRST_OF_VERSION_TWO;
    Transactions.Result result =
        cluster
            .transactions()
            .end(
                id,
                new ProducerIdentity(request.producerId(), request.producerEpoch()),
                request.committed(),
                isVersionTwo);
    EndTxnResponse answer = refuse(request, result.error(), exchange.version());
    exchange.answer(
        isVersionTwo
            ? answer
                .withProducerId(result.producer().id())
                .withProducerEpoch(result.producer().epoch())
            : answer);
  }

  @Override
  public EndTxnResponse refuse(EndTxnRequest request, ErrorCode error, short version) {
    return EndTxnResponse.defaults().withErrorCode(error.code());
  }

  @Override
  public EndTxnResponse throttled(EndTxnResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

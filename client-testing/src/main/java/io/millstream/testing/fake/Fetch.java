package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.FetchRequest;
import io.millstream.protocol.FetchResponse;
import io.millstream.testing.fake.FetchSession.Asked;
import java.util.List;

/** Reads batches from the logs of partitions that this broker leads, when there are enough. */
final class Fetch implements Handler<FetchRequest, FetchResponse> {

  private final ClusterState cluster;

  Fetch(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(FetchRequest request, Exchange<FetchResponse> exchange) {
    FetchSessions.Place place =
        exchange.broker().fetchSessions().enter(request, exchange.version());
    if (place.error() != ErrorCode.NONE) {
      exchange.answer(refuse(request, place.error(), exchange.version()));
      return;
    }
    FetchSession session = place.session();
    List<Asked> asked = session == null ? FetchSession.askedIn(request) : session.asked();
    new ParkedFetch(cluster, exchange, request, place, asked).begin();
  }

  @Override
  public FetchResponse refuse(FetchRequest request, ErrorCode error, short version) {
    return FetchResponse.defaults().withErrorCode(error.code());
  }

  @Override
  public FetchResponse throttled(FetchResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

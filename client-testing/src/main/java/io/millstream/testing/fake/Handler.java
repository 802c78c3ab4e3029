package io.millstream.testing.fake;

import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.ErrorCode;

/**
 * What a broker does with the requests of one API. Without state of its own; everything it changes
 * belongs to the cluster or the broker.
 *
 * @param <Q> the request
 * @param <A> the answer
 */
interface Handler<Q extends ApiRequest<A>, A extends ApiResponse> {

  /**
   * Acts on a request and ends the exchange, now or later.
   *
   * @param request what was asked
   * @param exchange takes the answer
   */
  void handle(Q request, Exchange<A> exchange);

  /** Returns the answer that refuses everything that was asked, in a version. */
  A refuse(Q request, ErrorCode error, short version);

  /** Returns a copy that asks the client to be quiet for a while. */
  A throttled(A answer, int millis);
}

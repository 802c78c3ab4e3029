package io.millstream.network;

import io.millstream.protocol.ApiResponse;
import io.millstream.wire.WireReader;

/**
 * A request that is answered by the generated message of its API.
 *
 * @param <R> that message
 */
public interface MessageRequest<R extends ApiResponse> extends RequestSpec<R> {

  @Override
  // A request names the response of its own API, which the key reads.
  @SuppressWarnings("unchecked")
  default R read(WireReader in, short version) {
    return (R) apiKey().readResponse(in, version);
  }

  @Override
  default int throttleTimeMs(R response) {
    return response.throttleTimeMs();
  }
}

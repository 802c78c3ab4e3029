package io.millstream.network;

import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;

/** A generated message as a request. */
record MessageSpec<R extends ApiResponse>(ApiRequest<R> request) implements RequestSpec<R> {

  @Override
  public ApiKey apiKey() {
    return request.apiKey();
  }

  @Override
  public void write(WireWriter out, short version) {
    request.write(out, version);
  }

  @Override
  // The type parameter of a request names the response of the same API, which the key reads.
  @SuppressWarnings("unchecked")
  public R read(WireReader in, short version) {
    return (R) apiKey().readResponse(in, version);
  }

  @Override
  public int throttleTimeMs(R response) {
    return response.throttleTimeMs();
  }
}

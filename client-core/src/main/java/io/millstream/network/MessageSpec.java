package io.millstream.network;

import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.wire.WireWriter;

/** A generated message as a request. */
record MessageSpec<R extends ApiResponse>(ApiRequest<R> request) implements MessageRequest<R> {

  @Override
  public ApiKey apiKey() {
    return request.apiKey();
  }

  @Override
  public void write(WireWriter out, short version) {
    request.write(out, version);
  }
}

package io.millstream.network;

import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.BrokerVersions;
import io.millstream.wire.WireWriter;

/**
 * A generated message as a request.
 *
 * @param newest the newest version that it may be sent in
 */
record MessageSpec<R extends ApiResponse>(ApiRequest<R> request, short newest)
    implements MessageRequest<R> {

  @Override
  public ApiKey apiKey() {
    return request.apiKey();
  }

  @Override
  public short version(BrokerVersions versions) {
    return versions.highestCommon(apiKey(), newest);
  }

  @Override
  public void write(WireWriter out, short version) {
    request.write(out, version);
  }
}

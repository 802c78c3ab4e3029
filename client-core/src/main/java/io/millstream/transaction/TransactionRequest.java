package io.millstream.transaction;

import io.millstream.cluster.Route;
import io.millstream.network.RequestSpec;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.BrokerVersions;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;

/**
 * A request for the coordinator of a transactional id or group.
 *
 * @param coordinator whom to ask
 * @param message what to ask
 * @param newestVersion the newest version it may be sent in
 * @param <R> what is answered
 */
record TransactionRequest<R extends ApiResponse>(
    Route.Coordinator coordinator, ApiRequest<R> message, short newestVersion)
    implements RequestSpec<R> {

  @Override
  public ApiKey apiKey() {
    return message.apiKey();
  }

  @Override
  public short version(BrokerVersions versions) {
    return versions.highestCommon(apiKey(), newestVersion);
  }

  @Override
  public void write(WireWriter out, short version) {
    message.write(out, version);
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

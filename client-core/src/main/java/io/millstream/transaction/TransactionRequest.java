package io.millstream.transaction;

import io.millstream.cluster.Route;
import io.millstream.network.MessageRequest;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.BrokerVersions;
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
    implements MessageRequest<R> {

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
}

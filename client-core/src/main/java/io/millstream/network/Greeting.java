package io.millstream.network;

import io.millstream.protocol.ApiVersionsResponse;
import io.millstream.protocol.BrokerVersions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handshakes at the beginning of a connection, until one is answered with the versions that the
 * broker speaks. Owned by the event loop.
 */
final class Greeting {

  private static final Logger LOG = LoggerFactory.getLogger(Greeting.class);

  /** The connection. */
  interface Line {

    /** Has a call written in a version. */
    void enqueue(Call<?> call, short version);

    /** The broker speaks these versions. */
    void agreed(BrokerVersions versions);

    /** The broker does not take the client for one of its own. */
    void refused(String detail);

    /** It is not the broker, or not of the cluster, that was expected. */
    void wrongBroker(String detail);
  }

  private final String peer;
  private final EventLoop loop;
  private final Line line;

  /**
   * Creates the greeting of a connection.
   *
   * @param peer names the broker in sentences
   */
  Greeting(String peer, EventLoop loop, Line line) {
    this.peer = peer;
    this.loop = loop;
    this.line = line;
  }

  /** Begins with a handshake; another one may follow if the broker is older. */
  void begin(Handshake handshake) {
    Call<ApiVersionsResponse> call =
        new Call<>(
            handshake,
            Long.MAX_VALUE,
            new Reply<>() {
              @Override
              public void answered(ApiVersionsResponse response, short version) {
                answer(handshake, response);
              }

              @Override
              public void failed(RequestFailure failure) {
                // The connection is closed, and its owner knows why.
              }
            });
    call.accepted(loop, () -> {});
    line.enqueue(call, handshake.version());
  }

  private void answer(Handshake handshake, ApiVersionsResponse response) {
    if (response.errorCode() == 0) {
      line.agreed(BrokerVersions.of(response));
      return;
    }
    Handshake fallback =
        response.errorCode() == Handshake.UNSUPPORTED_VERSION ? handshake.fallback(response) : null;
    if (fallback != null) {
      LOG.debug(
          "{} does not know ApiVersions {}; trying {}",
          peer,
          handshake.version(),
          fallback.version());
      begin(fallback);
    } else if (response.errorCode() == Handshake.REBOOTSTRAP_REQUIRED) {
      line.wrongBroker(peer + " is not the broker, or not of the cluster, that was expected");
    } else {
      line.refused("%s refused the handshake with error %d".formatted(peer, response.errorCode()));
    }
  }
}

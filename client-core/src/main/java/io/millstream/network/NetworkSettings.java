package io.millstream.network;

import java.util.concurrent.TimeUnit;

/**
 * How a client connects.
 *
 * @param clientId {@code client.id}, told to the broker with each request
 * @param channel sizes of the socket's buffers
 * @param connect how connections come about
 * @param idleNanos {@code connections.max.idle.ms}, after which an unused connection is closed;
 *     negative for never
 * @param requestTimeoutNanos {@code request.timeout.ms}
 * @param maxFrameBytes the largest answer that is accepted
 */
public record NetworkSettings(
    String clientId,
    ChannelOptions channel,
    Connect connect,
    long idleNanos,
    long requestTimeoutNanos,
    int maxFrameBytes) {

  /** The largest answer that is accepted where nothing else is said: 100 MiB. */
  public static final int DEFAULT_MAX_FRAME_BYTES = 100 * 1024 * 1024;

  /**
   * How connections come about.
   *
   * @param reconnectBackoff {@code reconnect.backoff.ms} and {@code reconnect.backoff.max.ms}
   * @param setupTimeout {@code socket.connection.setup.timeout.ms} and {@code …timeout.max.ms}: the
   *     time for connecting and handshake, growing with each failure in a row
   * @param lookup {@code client.dns.lookup}
   */
  public record Connect(Backoff reconnectBackoff, Backoff setupTimeout, DnsLookup lookup) {}

  /** Returns Kafka's defaults. */
  public static NetworkSettings defaults(String clientId) {
    return new NetworkSettings(
        clientId,
        new ChannelOptions(128 * 1024, 64 * 1024),
        new Connect(
            new Backoff(TimeUnit.MILLISECONDS.toNanos(50), TimeUnit.SECONDS.toNanos(1)),
            new Backoff(TimeUnit.SECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(30)),
            DnsLookup.USE_ALL_DNS_IPS),
        TimeUnit.MINUTES.toNanos(9),
        TimeUnit.SECONDS.toNanos(30),
        DEFAULT_MAX_FRAME_BYTES);
  }
}

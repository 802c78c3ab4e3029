package io.millstream.network;

import io.millstream.clients.CommonClientConfigs;
import io.millstream.clients.consumer.ConsumerConfig;
import io.millstream.settings.ParsedSettings;
import java.util.Locale;
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

  /** Room in the answer to a fetch for what stands around the batches. */
  private static final int FRAME_ROOM_BYTES = 1024 * 1024;

  /**
   * How connections come about.
   *
   * @param reconnectBackoff {@code reconnect.backoff.ms} and {@code reconnect.backoff.max.ms}
   * @param setupTimeout {@code socket.connection.setup.timeout.ms} and {@code …timeout.max.ms}: the
   *     time for connecting and handshake, growing with each failure in a row
   * @param lookup {@code client.dns.lookup}
   */
  public record Connect(Backoff reconnectBackoff, Backoff setupTimeout, DnsLookup lookup) {}

  /**
   * Takes from a client's settings what concerns its connections.
   *
   * @param settings of any kind of client
   */
  public static NetworkSettings from(ParsedSettings settings) {
    return new NetworkSettings(
        settings.clientId(),
        new ChannelOptions(
            settings.integer(CommonClientConfigs.SEND_BUFFER_CONFIG),
            settings.integer(CommonClientConfigs.RECEIVE_BUFFER_CONFIG)),
        new Connect(
            new Backoff(
                settings.nanos(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG),
                settings.nanos(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG)),
            new Backoff(
                settings.nanos(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG),
                settings.nanos(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG)),
            DnsLookup.valueOf(
                settings
                    .text(CommonClientConfigs.CLIENT_DNS_LOOKUP_CONFIG)
                    .toUpperCase(Locale.ROOT))),
        settings.nanos(CommonClientConfigs.CONNECTIONS_MAX_IDLE_MS_CONFIG),
        settings.nanos(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG),
        maxFrameBytes(settings));
  }

  /** A fetch is answered with what it asked for and, at worst, one more partition's batch. */
  private static int maxFrameBytes(ParsedSettings settings) {
    if (!settings.has(ConsumerConfig.FETCH_MAX_BYTES_CONFIG)) {
      return DEFAULT_MAX_FRAME_BYTES;
    }
    long asked =
        settings.number(ConsumerConfig.FETCH_MAX_BYTES_CONFIG)
            + settings.number(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG)
            + FRAME_ROOM_BYTES;
    return (int) Math.min(Integer.MAX_VALUE, Math.max(DEFAULT_MAX_FRAME_BYTES, asked));
  }

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

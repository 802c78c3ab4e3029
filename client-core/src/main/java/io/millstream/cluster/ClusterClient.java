package io.millstream.cluster;

import io.millstream.metrics.ClientMetrics;
import io.millstream.network.BrokerAddress;
import io.millstream.network.Connections;
import io.millstream.network.Environment;
import io.millstream.network.EventLoop;
import io.millstream.network.NetworkSettings;
import java.util.stream.Collectors;

/**
 * What producer, consumer and admin client have in common: one event loop and, owned by it, the
 * connections, the metadata and the routing of requests. The parts of a client are built around it
 * by the thread that creates the client, before {@link #start}.
 *
 * @param loop the loop; everything else belongs to it
 * @param connections to the brokers
 * @param metadata what is known of the cluster
 * @param router sends requests of the control path
 */
public record ClusterClient(
    EventLoop loop, Connections connections, Metadata metadata, Router router) {

  /** Builds the parts of a client whose metrics nobody reads; see the other method. */
  public static ClusterClient create(
      Environment environment, NetworkSettings network, MetadataSettings metadata) {
    ClientMetrics unread = ClientMetrics.unread(network.clientId(), environment.clock()::nanoTime);
    return create(environment, network, metadata, unread);
  }

  /**
   * Builds the parts; nothing runs and nothing is connected yet.
   *
   * @param environment the world the client lives in
   * @param network how to connect; the client id in it names the loop
   * @param metadata how to keep up with the cluster
   * @param metrics what the client counts
   */
  public static ClusterClient create(
      Environment environment,
      NetworkSettings network,
      MetadataSettings metadata,
      ClientMetrics metrics) {
    EventLoop loop = new EventLoop(environment, network.clientId(), metrics);
    Connections connections = new Connections(loop, network);
    Metadata known = new Metadata(loop, connections, metadata);
    known.onChange(
        (previous, current) ->
            metrics
                .network()
                .keep(
                    current.brokers().stream().map(BrokerAddress::id).collect(Collectors.toSet())));
    return new ClusterClient(loop, connections, known, new Router(loop, connections, known));
  }

  /** Brings the loop to life; to be called once, when all parts are built. */
  public void start() {
    loop.start();
  }
}

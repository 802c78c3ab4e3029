package io.millstream.testing.simulation;

import io.millstream.network.Transport;
import io.millstream.testing.fake.BrokerHost.Endpoint;
import io.millstream.testing.fake.BrokerHost.Reception;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The network of a simulation: who listens where, and which connections there are. */
final class SimulatedNetwork {

  private static final int PORT = 9092;
  private static final int THIS_NETWORK = 10;

  private final Simulation simulation;
  private final SplittableRandom random;
  private final Map<String, InetAddress> names = new LinkedHashMap<>();
  private final Map<InetSocketAddress, SimulatedEndpoint> endpoints = new LinkedHashMap<>();
  private NetworkConditions conditions;
  private int connectionCount;
  private long bytesCarried;
  private long cutAtByte = Long.MAX_VALUE;

  SimulatedNetwork(Simulation simulation, SplittableRandom random, NetworkConditions conditions) {
    this.simulation = simulation;
    this.random = random;
    this.conditions = conditions;
  }

  void conditions(NetworkConditions next) {
    conditions = next;
  }

  NetworkConditions conditions() {
    return conditions;
  }

  Transport transport(String clientName) {
    return () -> new SimulatedSelector(this, clientName);
  }

  Endpoint endpoint(int brokerId, Reception reception) {
    byte[] numbers = {
      THIS_NETWORK, 0, (byte) (endpoints.size() / Byte.MAX_VALUE), (byte) (endpoints.size() + 1)
    };
    String plain = "broker-" + brokerId;
    String host = names.containsKey(plain) ? plain + "-" + endpoints.size() : plain;
    try {
      InetAddress address = InetAddress.getByAddress(host, numbers);
      names.put(host, address);
      SimulatedEndpoint endpoint = new SimulatedEndpoint(host, PORT, reception);
      endpoints.put(new InetSocketAddress(address, PORT), endpoint);
      return endpoint;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes make no address", e);
    }
  }

  List<InetAddress> resolve(String host) throws UnknownHostException {
    InetAddress address = names.get(host);
    if (address == null || happens(conditions.faults().unresolved())) {
      throw new UnknownHostException(host);
    }
    return List.of(address);
  }

  @Nullable SimulatedEndpoint endpointAt(InetSocketAddress address) {
    return endpoints.get(address);
  }

  void cutAll() {
    for (SimulatedEndpoint endpoint : endpoints.values()) {
      new ArrayList<>(endpoint.connections()).forEach(SimulatedConnection::breakNow);
    }
  }

  /** Breaks the connections of one client. */
  void cut(String clientName) {
    for (SimulatedEndpoint endpoint : endpoints.values()) {
      for (SimulatedConnection connection : new ArrayList<>(endpoint.connections())) {
        if (connection.clientName().equals(clientName)) {
          connection.breakNow();
        }
      }
    }
  }

  /** Returns how many bytes have arrived, of all connections and both directions. */
  long bytesCarried() {
    return bytesCarried;
  }

  void cutAfter(long bytes) {
    cutAtByte = bytesCarried + bytes;
  }

  long bytesUntilCut() {
    return cutAtByte == Long.MAX_VALUE ? cutAtByte : cutAtByte - bytesCarried;
  }

  /** Counts bytes that arrive; what was to be cut behind them is cut. */
  void carried(int bytes) {
    bytesCarried += bytes;
    if (bytesCarried >= cutAtByte) {
      cutAtByte = Long.MAX_VALUE;
    }
  }

  int nextConnectionNumber() {
    return ++connectionCount;
  }

  boolean happens(double chance) {
    return chance > 0 && random.nextDouble() < chance;
  }

  /** Returns some time up to a limit. */
  long delay(int mostNanos) {
    return random.nextInt(mostNanos);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  long latencyNanos() {
    long least = conditions.leastLatencyNanos();
    return random.nextLong(least, Math.max(least + 1, conditions.mostLatencyNanos()));
  }

  Simulation simulation() {
    return simulation;
  }
}

package io.millstream.testing.simulation;

import io.millstream.testing.fake.BrokerHost.Endpoint;
import io.millstream.testing.fake.BrokerHost.Reception;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** The address of a broker and the connections to it. */
final class SimulatedEndpoint implements Endpoint {

  private final String host;
  private final int port;
  private final Reception reception;
  private final Set<SimulatedConnection> connections = new LinkedHashSet<>();
  private boolean open;

  SimulatedEndpoint(String host, int port, Reception reception) {
    this.host = host;
    this.port = port;
    this.reception = reception;
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void open() {
    open = true;
  }

  @Override
  public void close() {
    open = false;
    new ArrayList<>(connections).forEach(SimulatedConnection::breakNow);
  }

  boolean isOpen() {
    return open;
  }

  Set<SimulatedConnection> connections() {
    return connections;
  }

  Reception reception() {
    return reception;
  }
}

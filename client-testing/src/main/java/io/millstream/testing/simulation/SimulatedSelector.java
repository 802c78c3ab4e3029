package io.millstream.testing.simulation;

import io.millstream.network.ChannelOptions;
import io.millstream.network.ReadinessListener;
import io.millstream.network.TransportChannel;
import io.millstream.network.TransportSelector;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The channels of one event loop. It never waits; the simulation moves the clock instead. */
final class SimulatedSelector implements TransportSelector {

  private final SimulatedNetwork network;
  private final String clientName;
  private final Set<SimulatedChannel> channels = new LinkedHashSet<>();

  SimulatedSelector(SimulatedNetwork network, String clientName) {
    this.network = network;
    this.clientName = clientName;
  }

  @Override
  public TransportChannel connect(
      InetSocketAddress address, ChannelOptions options, ReadinessListener listener) {
    SimulatedConnection connection = new SimulatedConnection(network, clientName);
    SimulatedChannel channel = new SimulatedChannel(this, network, connection, listener);
    channels.add(channel);
    connection.connect(network.endpointAt(address), channel);
    return channel;
  }

  @Override
  public boolean poll(long maxWaitNanos) {
    List<SimulatedChannel> ready = new ArrayList<>();
    for (SimulatedChannel channel : channels) {
      if (channel.isReady()) {
        ready.add(channel);
      }
    }
    boolean any = !ready.isEmpty();
    while (!ready.isEmpty()) {
      SimulatedChannel next = ready.remove(network.below(ready.size()));
      if (next.isReady()) {
        next.tell();
      }
    }
    return any;
  }

  void forget(SimulatedChannel channel) {
    channels.remove(channel);
  }

  @Override
  public void wakeup() {
    // It never waits.
  }

  @Override
  public void close() {
    new ArrayList<>(channels).forEach(SimulatedChannel::close);
  }
}

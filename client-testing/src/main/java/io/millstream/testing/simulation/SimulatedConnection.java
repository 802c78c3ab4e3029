package io.millstream.testing.simulation;

import io.millstream.testing.fake.BrokerHost.Peer;
import io.millstream.testing.fake.BrokerHost.PeerListener;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One connection between a client and a broker: two directions, each of which keeps the order of
 * its bytes. It may break within any piece of bytes.
 */
final class SimulatedConnection implements Peer {

  private final SimulatedNetwork network;
  private final String clientName;
  private final String name;
  private final Direction toBroker = new Direction("->");
  private final Direction toClient = new Direction("<-");
  private @Nullable SimulatedEndpoint endpoint;
  private @Nullable SimulatedChannel channel;
  private @Nullable PeerListener broker;
  private boolean broken;

  SimulatedConnection(SimulatedNetwork network, String clientName) {
    this.network = network;
    this.clientName = clientName;
    this.name = clientName + "#" + network.nextConnectionNumber();
  }

  /** One way through the network. */
  private final class Direction {

    private final String arrow;
    private long lastArrivalNanos;
    private int bytes;
    private boolean stopped;

    Direction(String arrow) {
      this.arrow = arrow;
    }

    /** Hands a task over when everything sent before has arrived. */
    void after(int count, Runnable arrival) {
      Simulation simulation = network.simulation();
      long now = simulation.nanoTime();
      long rate = network.conditions().bytesPerSecond();
      long transferNanos = rate == 0 ? 0 : count * 1_000_000_000L / rate;
      long start = Math.max(now, lastArrivalNanos - network.conditions().leastLatencyNanos());
      long arrivalNanos =
          Math.max(lastArrivalNanos, start + transferNanos + network.latencyNanos());
      lastArrivalNanos = arrivalNanos;
      simulation.later(arrivalNanos - now, arrival);
    }

    void send(ByteBuffer content, Consumer<ByteBuffer> receiver) {
      ByteBuffer left = content;
      while (left.hasRemaining() && !stopped) {
        int count = left.remaining();
        if (count > 1 && network.happens(network.conditions().faults().split())) {
          count = 1 + network.below(count);
        }
        ByteBuffer piece = left.slice(left.position(), count);
        left.position(left.position() + count);
        if (network.happens(network.conditions().faults().cut())) {
          stopped = true;
          piece.limit(network.below(count + 1));
        }
        boolean cutHere = stopped;
        bytes += piece.remaining();
        after(piece.remaining(), () -> arrive(piece, cutHere, receiver));
      }
    }

    private void arrive(ByteBuffer piece, boolean cutHere, Consumer<ByteBuffer> receiver) {
      bytes -= piece.remaining();
      if (broken) {
        return;
      }
      boolean cutOrdered = piece.remaining() >= network.bytesUntilCut();
      if (cutOrdered) {
        piece.limit((int) network.bytesUntilCut());
      }
      network.carried(piece.remaining());
      if (piece.hasRemaining()) {
        CRC32 checksum = new CRC32();
        checksum.update(piece.duplicate());
        note(arrow + " " + piece.remaining() + " " + Long.toHexString(checksum.getValue()));
        receiver.accept(piece);
      }
      if (cutHere || cutOrdered) {
        note(arrow + " cut");
        breakNow();
      }
    }
  }

  private void note(String event) {
    network.simulation().note(name + " " + event);
  }

  void connect(@Nullable SimulatedEndpoint target, SimulatedChannel client) {
    channel = client;
    if (network.happens(network.conditions().faults().neverConnect())) {
      note("lost");
      return;
    }
    boolean refused = network.happens(network.conditions().faults().refuse());
    toClient.after(0, () -> arriveAt(target, client, refused));
  }

  private void arriveAt(
      @Nullable SimulatedEndpoint target, SimulatedChannel client, boolean refused) {
    if (broken) {
      return;
    }
    if (refused || target == null || !target.isOpen()) {
      note("refused");
      broken = true;
      client.refused();
      return;
    }
    note("connected " + target.host());
    endpoint = target;
    target.connections().add(this);
    broker = target.reception().accept(this);
    client.accepted();
  }

  String clientName() {
    return clientName;
  }

  int bytesToBroker() {
    return toBroker.bytes;
  }

  void toBroker(ByteBuffer content) {
    toBroker.send(content, this::atBroker);
  }

  private void atBroker(ByteBuffer piece) {
    if (broker != null) {
      broker.received(piece);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void send(ByteBuffer... parts) {
    for (ByteBuffer part : parts) {
      toClient.send(part, this::atClient);
    }
  }

  private void atClient(ByteBuffer piece) {
    if (channel != null) {
      channel.arrived(piece);
    }
  }

  /** Closes the broker's end, behind what was sent. */
  @Override
  public void close() {
    broker = null;
    leave();
    if (!toClient.stopped) {
      toClient.stopped = true;
      toClient.after(0, this::endAtClient);
    }
  }

  private void endAtClient() {
    if (!broken && channel != null) {
      note("ended by broker");
      channel.ended();
    }
  }

  /** Closes the client's end; the broker learns of it behind the bytes that are on their way. */
  void closedByClient() {
    channel = null;
    if (broker == null) {
      broken = true;
    } else if (!toBroker.stopped) {
      toBroker.stopped = true;
      toBroker.after(
          0,
          () -> {
            if (!broken) {
              note("closed by client");
              breakNow();
            }
          });
    } else {
      breakNow();
    }
  }

  /** Breaks the connection for both ends at once. */
  void breakNow() {
    if (broken) {
      return;
    }
    broken = true;
    note("broken");
    leave();
    if (channel != null) {
      channel.broken(network.below(2) == 0);
    }
    PeerListener told = broker;
    broker = null;
    if (told != null) {
      told.closed();
    }
  }

  private void leave() {
    if (endpoint != null) {
      endpoint.connections().remove(this);
    }
  }
}

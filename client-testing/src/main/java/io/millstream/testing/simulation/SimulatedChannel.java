package io.millstream.testing.simulation;

import io.millstream.network.ReadinessListener;
import io.millstream.network.TransportChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** The client's end of a connection. */
final class SimulatedChannel implements TransportChannel {

  private enum State {
    CONNECTING,
    CONNECTED,
    REFUSED,
    ENDED,
    BROKEN,
    CLOSED
  }

  private static final int SEND_BUFFER_BYTES = 32 * 1024;

  private final SimulatedSelector selector;
  private final SimulatedNetwork network;
  private final SimulatedConnection connection;
  private final ReadinessListener listener;
  private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>();
  private State state = State.CONNECTING;
  private boolean finished;
  private boolean wantsRead;
  private boolean wantsWrite;

  SimulatedChannel(
      SimulatedSelector selector,
      SimulatedNetwork network,
      SimulatedConnection connection,
      ReadinessListener listener) {
    this.selector = selector;
    this.network = network;
    this.connection = connection;
    this.listener = listener;
  }

  void accepted() {
    transition(State.CONNECTED);
  }

  void refused() {
    transition(State.REFUSED);
  }

  void arrived(ByteBuffer bytes) {
    if (state == State.CONNECTED) {
      arrived.add(bytes);
    }
  }

  /** The broker has closed its end, behind all bytes that have arrived. */
  void ended() {
    transition(State.ENDED);
  }

  /** The connection is broken; what has arrived may be lost. */
  void broken(boolean withBytes) {
    if (withBytes) {
      arrived.clear();
    }
    transition(State.BROKEN);
  }

  boolean isReady() {
    return connectable() || readable() || writable();
  }

  void tell() {
    listener.ready(connectable(), readable(), writable());
  }

  private boolean connectable() {
    return !finished && state != State.CONNECTING && state != State.CLOSED;
  }

  private boolean readable() {
    return finished
        && wantsRead
        && (!arrived.isEmpty() || state == State.ENDED || state == State.BROKEN);
  }

  private boolean writable() {
    return finished
        && wantsWrite
        && state != State.CLOSED
        && (room() > 0 || state != State.CONNECTED);
  }

  private int room() {
    return SEND_BUFFER_BYTES - connection.bytesToBroker();
  }

  @Override
  public boolean finishConnect() throws IOException {
    if (state == State.CONNECTING) {
      return false;
    }
    finished = true;
    if (state == State.REFUSED) {
      throw new ConnectException("Connection refused");
    }
    if (state == State.BROKEN && arrived.isEmpty()) {
      throw new IOException("Connection reset");
    }
    return true;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (arrived.isEmpty()) {
      return switch (state) {
        case ENDED -> -1;
        case BROKEN -> throw new IOException("Connection reset");
        default -> 0;
      };
    }
    int count = 0;
    while (target.hasRemaining() && !arrived.isEmpty()) {
      ByteBuffer first = arrived.peek();
      int length = Math.min(target.remaining(), first.remaining());
      boolean partial = network.happens(network.conditions().faults().split());
      if (partial) {
        length = 1 + network.below(length);
      }
      target.put(first.slice().limit(length));
      first.position(first.position() + length);
      count += length;
      if (!first.hasRemaining()) {
        arrived.remove();
      }
      if (partial) {
        break;
      }
    }
    return count;
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    if (state == State.BROKEN) {
      throw new IOException("Broken pipe");
    }
    if (state == State.ENDED) {
      throw new IOException("Connection reset by peer");
    }
    int room = room();
    int total = 0;
    for (int i = offset; i < offset + length && total < room; i++) {
      total += sources[i].remaining();
    }
    int count = Math.min(room, total);
    if (count > 1 && network.happens(network.conditions().faults().split())) {
      count = 1 + network.below(count);
    }
    if (count <= 0) {
      return 0;
    }
    ByteBuffer taken = ByteBuffer.allocate(count);
    for (int i = offset; taken.hasRemaining(); i++) {
      ByteBuffer source = sources[i];
      int part = Math.min(source.remaining(), taken.remaining());
      taken.put(source.slice().limit(part));
      source.position(source.position() + part);
    }
    connection.toBroker(taken.flip());
    return count;
  }

  @Override
  public void interest(boolean readable, boolean writable) {
    wantsRead = readable;
    wantsWrite = writable;
  }

  @Override
  public void close() {
    if (state != State.CLOSED) {
      transition(State.CLOSED);
      arrived.clear();
      selector.forget(this);
      connection.closedByClient();
    }
  }

  private void transition(State next) {
    boolean allowed =
        switch (next) {
          case CONNECTING -> false;
          case CONNECTED, REFUSED -> state == State.CONNECTING;
          case ENDED -> state == State.CONNECTED;
          case BROKEN -> state == State.CONNECTED || state == State.ENDED;
          case CLOSED -> true;
        };
    // What comes after the client has closed its end reaches nobody.
    if (allowed && state != State.CLOSED) {
      state = next;
    }
  }
}

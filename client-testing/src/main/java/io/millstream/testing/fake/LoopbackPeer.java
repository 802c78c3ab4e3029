package io.millstream.testing.fake;

import io.millstream.testing.fake.BrokerHost.Peer;
import io.millstream.testing.fake.BrokerHost.PeerListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client's connection over a real socket. */
final class LoopbackPeer implements Peer, LoopbackReady {

  private static final Logger LOG = LoggerFactory.getLogger(LoopbackPeer.class);
  private static final int READ_BYTES = 64 * 1024;

  private final LoopbackEndpoint endpoint;
  private final SocketChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
  private final ArrayDeque<ByteBuffer> outgoing = new ArrayDeque<>();
  private final String name;
  private @Nullable SelectionKey key;
  private @Nullable PeerListener listener;

  LoopbackPeer(LoopbackEndpoint endpoint, SocketChannel channel) throws IOException {
    this.endpoint = endpoint;
    this.channel = channel;
    this.name = String.valueOf(channel.getRemoteAddress());
  }

  void begin(Selector selector, PeerListener told) throws IOException {
    listener = told;
    key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void ready() {
    try {
      flush();
      PeerListener told = listener;
      int count = channel.read(buffer.clear());
      if (count < 0) {
        broken();
      } else if (count > 0 && told != null) {
        told.received(buffer.flip());
      }
    } catch (IOException e) {
      broken();
    }
  }

  @Override
  public void send(ByteBuffer... parts) {
    outgoing.addAll(List.of(parts));
    try {
      flush();
    } catch (IOException e) {
      broken();
    }
  }

  private void flush() throws IOException {
    while (!outgoing.isEmpty()) {
      ByteBuffer first = outgoing.element();
      channel.write(first);
      if (first.hasRemaining()) {
        break;
      }
      outgoing.remove();
    }
    SelectionKey registered = key;
    if (outgoing.isEmpty() && listener == null) {
      abandon();
    } else if (registered != null && registered.isValid()) {
      registered.interestOps(
          SelectionKey.OP_READ | (outgoing.isEmpty() ? 0 : SelectionKey.OP_WRITE));
    }
  }

  @Override
  public void close() {
    listener = null;
    try {
      flush();
    } catch (IOException e) {
      abandon();
    }
  }

  /** Closes the connection and tells the broker. */
  void broken() {
    PeerListener told = listener;
    listener = null;
    abandon();
    if (told != null) {
      told.closed();
    }
  }

  @Override
  public void abandon() {
    endpoint.left(this);
    outgoing.clear();
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("Cannot close the connection of {}", name, e);
    }
  }
}

package io.millstream.testing.fake;

import io.millstream.testing.fake.BrokerHost.Endpoint;
import io.millstream.testing.fake.BrokerHost.Reception;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A listening socket that keeps its port while it is closed. */
final class LoopbackEndpoint implements Endpoint, LoopbackReady {

  private final LoopbackHost host;
  private final InetAddress address;
  private final Reception reception;
  private final Set<LoopbackPeer> peers = new LinkedHashSet<>();
  private @Nullable ServerSocketChannel channel;
  private int port;

  LoopbackEndpoint(LoopbackHost host, InetAddress address, Reception reception) {
    this.host = host;
    this.address = address;
    this.reception = reception;
    open();
  }

  @Override
  public String host() {
    return address.getHostAddress();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void open() {
    if (channel != null) {
      return;
    }
    try {
      ServerSocketChannel opened = ServerSocketChannel.open();
      opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      opened.bind(new InetSocketAddress(address, port));
      port = ((InetSocketAddress) opened.getLocalAddress()).getPort();
      opened.configureBlocking(false);
      opened.register(host.selector(), SelectionKey.OP_ACCEPT, this);
      channel = opened;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on " + address + ":" + port, e);
    }
  }

  @Override
  public void ready() {
    ServerSocketChannel open = channel;
    try {
      SocketChannel accepted = open == null ? null : open.accept();
      if (accepted != null) {
        accepted.configureBlocking(false);
        accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
        LoopbackPeer peer = new LoopbackPeer(this, accepted);
        peers.add(peer);
        peer.begin(host.selector(), reception.accept(peer));
      }
    } catch (IOException e) {
      host.note("a connection was gone before it was accepted: " + e.getMessage());
    }
  }

  void left(LoopbackPeer peer) {
    peers.remove(peer);
  }

  @Override
  public void close() {
    abandon();
    new ArrayList<>(peers).forEach(LoopbackPeer::broken);
  }

  @Override
  public void abandon() {
    ServerSocketChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
        // A closed channel keeps its port until the selector has let go of it.
        host.selector().selectNow();
      } catch (IOException e) {
        host.note("cannot close port " + port + ": " + e.getMessage());
      }
    }
  }
}

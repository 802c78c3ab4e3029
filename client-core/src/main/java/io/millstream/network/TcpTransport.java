package io.millstream.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TCP without encryption, on the system's non-blocking sockets. */
final class TcpTransport implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);

  @Override
  public TransportSelector openSelector() throws IOException {
    return new TcpSelector(Selector.open());
  }

  private record TcpSelector(Selector selector) implements TransportSelector {

    @Override
    public TransportChannel connect(
        InetSocketAddress address, ChannelOptions options, ReadinessListener listener)
        throws IOException {
      SocketChannel socket = SocketChannel.open();
      try {
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (options.sendBufferBytes() != ChannelOptions.SYSTEM_DEFAULT) {
          socket.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
        }
        if (options.receiveBufferBytes() != ChannelOptions.SYSTEM_DEFAULT) {
          socket.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
        }
        SelectionKey key = socket.register(selector, SelectionKey.OP_CONNECT, listener);
        if (socket.connect(address)) {
          // Connected at once, as happens on one machine. A socket that is connected is never
          // reported as connectable, but as writable.
          key.interestOps(SelectionKey.OP_WRITE);
        }
        return new TcpChannel(socket, key);
      } catch (IOException | RuntimeException e) {
        closeQuietly(socket);
        throw e;
      }
    }

    @Override
    public boolean poll(long maxWaitNanos) throws IOException {
      int handled;
      if (maxWaitNanos <= 0) {
        handled = selector.selectNow(TcpTransport::dispatch);
      } else if (maxWaitNanos == Long.MAX_VALUE) {
        handled = selector.select(TcpTransport::dispatch);
      } else {
        // Rounded up: a timer is not to be polled for before its time.
        long millis = TimeUnit.NANOSECONDS.toMillis(maxWaitNanos - 1) + 1;
        handled = selector.select(TcpTransport::dispatch, millis);
      }
      return handled > 0;
    }

    @Override
    public void wakeup() {
      selector.wakeup();
    }

    @Override
    public void close() {
      for (SelectionKey key : selector.keys()) {
        closeQuietly(key.channel());
      }
      closeQuietly(selector);
    }
  }

  private record TcpChannel(SocketChannel socket, SelectionKey key) implements TransportChannel {

    @Override
    public boolean finishConnect() throws IOException {
      return socket.finishConnect();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      return socket.read(target);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
      return socket.write(sources, offset, length);
    }

    @Override
    public void interest(boolean readable, boolean writable) {
      int operations =
          (readable ? SelectionKey.OP_READ : 0) | (writable ? SelectionKey.OP_WRITE : 0);
      if (key.isValid() && key.interestOps() != operations) {
        key.interestOps(operations);
      }
    }

    @Override
    public void close() {
      closeQuietly(socket);
    }
  }

  private static void dispatch(SelectionKey key) {
    if (key.isValid() && key.attachment() instanceof ReadinessListener listener) {
      // A socket that connected at once is reported as writable, which the connection takes for
      // connectable as long as it is connecting.
      listener.ready(key.isConnectable(), key.isReadable(), key.isWritable());
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      // Nothing can be done about it, and the resource is gone all the same.
      LOG.debug("Closing {} failed", resource, e);
    }
  }
}

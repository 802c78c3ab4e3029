package io.millstream.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from clients to the port of one broker, forwarding both directions byte by byte. While it
 * is cut, connections stay open and nothing passes, as where a network loses every packet; what was
 * on its way arrives when it is mended, even if the sender has given up meanwhile. Any thread may
 * use it.
 */
final class BrokerLink implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int BACKLOG = 100;
  private static final long RETRY_NANOS = 10_000_000;

  private final int brokerPort;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition flows = lock.newCondition();
  private boolean cut;
  private volatile boolean closed;

  /** Begins to forward from a port of 127.0.0.1 to another. */
  BrokerLink(int port, int brokerPort) throws IOException {
    this.brokerPort = brokerPort;
    listener = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    start("accept", this::accept);
  }

  /** Lets nothing pass any more; does nothing the second time. */
  void cut() {
    flow(true);
  }

  /** Lets pass what was held back and all that comes. */
  void mend() {
    flow(false);
  }

  private void flow(boolean stopped) {
    lock.lock();
    try {
      cut = stopped;
      flows.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Resets all connections at once; what is on its way is lost. New ones are taken. */
  void reset() {
    List.copyOf(open).forEach(BrokerLink::reset);
  }

  @Override
  public void close() {
    closed = true;
    mend();
    quietly(listener);
    reset();
  }

  private void accept() {
    while (!closed) {
      Socket client;
      try {
        client = listener.accept();
      } catch (IOException e) {
        LOG.debug("No connection to port {} could be taken: {}", brokerPort, e.toString());
        // Where the machine has no files left, it may have some soon.
        LockSupport.parkNanos(RETRY_NANOS);
        continue;
      }
      open.add(client);
      try {
        forward(client);
      } catch (IOException e) {
        // No broker there: the client learns of it as it would without us.
        LOG.debug("A connection to port {} was not forwarded: {}", brokerPort, e.toString());
        open.remove(client);
        reset(client);
      }
    }
  }

  private void forward(Socket client) throws IOException {
    Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
    open.add(broker);
    List<Socket> both = List.of(client, broker);
    try {
      for (Socket each : both) {
        each.setTcpNoDelay(true);
      }
    } catch (IOException e) {
      open.remove(broker);
      reset(broker);
      throw e;
    }
    if (closed) {
      both.forEach(BrokerLink::reset);
      return;
    }
    start("to-broker", () -> pump(client, broker));
    start("to-client", () -> pump(broker, client));
  }

  private void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      while (true) {
        int count = in.read(buffer);
        awaitFlow();
        if (count < 0) {
          to.shutdownOutput();
          return;
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      LOG.debug("A connection to port {} ended: {}", brokerPort, e.toString());
      reset(from);
      reset(to);
    } finally {
      if (from.isClosed() || to.isClosed() || (to.isOutputShutdown() && from.isOutputShutdown())) {
        open.remove(from);
        open.remove(to);
        quietly(from);
        quietly(to);
      }
    }
  }

  private void awaitFlow() {
    lock.lock();
    try {
      while (cut) {
        flows.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      LOG.trace("Closed already", e);
    }
    quietly(socket);
  }

  private static void quietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      LOG.debug("A socket failed to close", e);
    }
  }

  private void start(String task, Runnable work) {
    Thread thread = new Thread(work, "link-" + brokerPort + "-" + task);
    thread.setDaemon(true);
    thread.start();
  }
}

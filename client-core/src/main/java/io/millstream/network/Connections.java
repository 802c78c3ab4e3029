package io.millstream.network;

import io.millstream.protocol.ApiVersionsResponse;
import io.millstream.protocol.BrokerVersions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections of one client, one per broker and purpose. They are opened when first needed and
 * closed when idle. Owned by the event loop; none of the methods waits.
 */
public final class Connections {

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final int READ_BUFFER_BYTES = 128 * 1024;

  private final EventLoop loop;
  private final NetworkSettings settings;
  private final Map<Key, BrokerLine> lines = new LinkedHashMap<>();
  private final List<ConnectionListener> listeners = new ArrayList<>();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
  private @Nullable String expectedClusterId;
  private boolean closed;

  private record Key(int id, String host, int port, Purpose purpose) {

    static Key of(BrokerAddress broker, Purpose purpose) {
      return new Key(broker.id(), broker.host(), broker.port(), purpose);
    }
  }

  /**
   * Creates the connections of a client. They are closed, and what is under way fails, when the
   * loop ends.
   *
   * @param loop the loop they belong to
   * @param settings how to connect
   */
  public Connections(EventLoop loop, NetworkSettings settings) {
    this.loop = loop;
    this.settings = settings;
    loop.onEnd(cause -> close());
  }

  /** Registers who learns what happens to connections. */
  public void listen(ConnectionListener listener) {
    loop.assertInLoop();
    listeners.add(listener);
  }

  /**
   * Sends a request. If no connection is ready it waits for one; if none comes about the call fails
   * as not sent, and with the next call a new attempt begins after the back-off. Calls to one
   * broker for one purpose are sent in the order in which they were given.
   *
   * @param broker where to
   * @param purpose chooses the connection
   * @param call learns how it ended, never within this method
   */
  public void send(BrokerAddress broker, Purpose purpose, Call<?> call) {
    loop.assertInLoop();
    if (closed) {
      call.accepted(loop, () -> {});
      loop.execute(() -> call.fail(clientClosed().failureOf(call, false), loop));
      return;
    }
    line(broker, purpose).send(call);
  }

  /** Says whether a request would be written at once: connected and not throttled. */
  public boolean ready(BrokerAddress broker, Purpose purpose) {
    BrokerLine line = existing(broker, purpose);
    return line != null && line.usable();
  }

  /** Says whether the last attempt failed and the next one has to wait. */
  public boolean backingOff(BrokerAddress broker, Purpose purpose) {
    BrokerLine line = existing(broker, purpose);
    return line != null && line.backingOff();
  }

  /** Returns how many requests were sent, or wait to be sent, and are not answered. */
  public int inFlight(BrokerAddress broker, Purpose purpose) {
    BrokerLine line = existing(broker, purpose);
    return line == null ? 0 : line.inFlight();
  }

  /** Says whether a caller waits no longer for an answer that is still to come. */
  public boolean overdue(BrokerAddress broker, Purpose purpose) {
    BrokerLine line = existing(broker, purpose);
    return line != null && line.overdue();
  }

  /** Returns what a broker speaks, null while no connection is ready. */
  public @Nullable BrokerVersions versions(BrokerAddress broker, Purpose purpose) {
    BrokerLine line = existing(broker, purpose);
    return line == null ? null : line.versions();
  }

  /**
   * Asks a broker once more what it speaks and which features its cluster has finalized, since that
   * may change while a connection lasts. The connection itself goes on as agreed.
   *
   * @param timeoutNanos how long it may take
   * @param listener hears the answer, where there is one; never within this method
   */
  public void askVersions(
      BrokerAddress broker, Purpose purpose, long timeoutNanos, Consumer<BrokerVersions> listener) {
    send(
        broker,
        purpose,
        new Call<>(
            Handshake.with(broker, expectedClusterId),
            timeoutNanos,
            new Reply<>() {
              @Override
              public void answered(ApiVersionsResponse response, short version) {
                if (response.errorCode() == 0) {
                  listener.accept(BrokerVersions.of(response));
                }
              }

              @Override
              public void failed(RequestFailure failure) {
                LOG.debug("{}: not asked anew what {} speaks: {}", loop.name(), broker, failure);
              }
            }));
  }

  /** Says whether a broker has asked this client to be quiet, and the time is not over. */
  public boolean throttled(BrokerAddress broker, Purpose purpose) {
    BrokerLine line = existing(broker, purpose);
    return line != null && line.throttled();
  }

  /** Returns why the last attempt to connect failed or the connection was lost, null if neither. */
  public @Nullable String lastFailure(BrokerAddress broker, Purpose purpose) {
    BrokerLine line = existing(broker, purpose);
    return line == null ? null : line.lastFailure();
  }

  /**
   * Tells once when a broker is ready, and connects for it. One of the listener's methods is called
   * once, never within this method.
   */
  public void whenReady(BrokerAddress broker, Purpose purpose, ReadyListener listener) {
    loop.assertInLoop();
    if (closed) {
      Closure closure = clientClosed();
      RequestFailure failure =
          new RequestFailure(RequestFailure.Kind.CLOSED, false, closure.detail(), null);
      loop.execute(() -> listener.unreachable(failure));
      return;
    }
    line(broker, purpose).whenReady(listener);
  }

  /**
   * Closes a connection, if there is one; its requests fail as disconnected, those that wait as not
   * sent.
   *
   * @param reason a sentence for logs and errors
   */
  public void disconnect(BrokerAddress broker, Purpose purpose, String reason) {
    loop.assertInLoop();
    BrokerLine line = existing(broker, purpose);
    if (line != null) {
      line.close(Closure.of(Closure.Kind.ABANDONED, reason));
    }
  }

  /** Closes all connections to a broker; see the other method of this name. */
  public void disconnect(BrokerAddress broker, String reason) {
    for (Purpose purpose : Purpose.values()) {
      disconnect(broker, purpose, reason);
    }
  }

  /**
   * Has brokers checked from now on to belong to a cluster, where they can be asked (KIP-1242).
   *
   * @param clusterId the cluster, null to accept any
   */
  public void expectCluster(@Nullable String clusterId) {
    loop.assertInLoop();
    expectedClusterId = clusterId;
  }

  /** Closes everything for good; what is under way fails. Done when the loop ends. */
  public void close() {
    loop.assertInLoop();
    if (!closed) {
      closed = true;
      Closure closure = clientClosed();
      List.copyOf(lines.values()).forEach(line -> line.close(closure));
      lines.clear();
    }
  }

  /** Returns how many brokers and purposes are remembered. */
  int known() {
    return lines.size();
  }

  boolean closed() {
    return closed;
  }

  EventLoop loop() {
    return loop;
  }

  NetworkSettings settings() {
    return settings;
  }

  @Nullable String expectedClusterId() {
    return expectedClusterId;
  }

  /** A buffer for bytes that are taken out of it before the next read of any connection. */
  ByteBuffer readBuffer() {
    return readBuffer;
  }

  void connected(BrokerAddress broker, Purpose purpose) {
    tell(listener -> listener.connected(broker, purpose));
  }

  void unreachable(BrokerAddress broker, Purpose purpose, String detail) {
    tell(listener -> listener.unreachable(broker, purpose, detail));
  }

  void lost(BrokerAddress broker, Purpose purpose, String detail) {
    tell(listener -> listener.lost(broker, purpose, detail));
  }

  void wrongCluster(BrokerAddress broker) {
    tell(listener -> listener.wrongCluster(broker));
  }

  void forget(BrokerLine line) {
    if (line.forgettable()) {
      lines.values().remove(line);
    }
  }

  private void tell(Consumer<ConnectionListener> event) {
    listeners.forEach(listener -> loop.guarded(() -> event.accept(listener)));
  }

  private BrokerLine line(BrokerAddress broker, Purpose purpose) {
    Key key = Key.of(broker, purpose);
    BrokerLine line = lines.get(key);
    if (line == null) {
      lines.values().removeIf(BrokerLine::forgotten);
      line = new BrokerLine(this, broker, purpose);
      lines.put(key, line);
    }
    return line;
  }

  private @Nullable BrokerLine existing(BrokerAddress broker, Purpose purpose) {
    loop.assertInLoop();
    return lines.get(Key.of(broker, purpose));
  }

  private Closure clientClosed() {
    return Closure.of(Closure.Kind.CLIENT_CLOSED, "The client " + loop.name() + " was closed");
  }
}

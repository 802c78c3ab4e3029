package io.millstream.network;

import io.millstream.protocol.BrokerVersions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One broker for one purpose: at most one connection, and those who wait for it. Connects when
 * somebody waits, resolves the name anew each time and tries all its addresses; when all failed,
 * tells those who wait, and backs off before the next try. Owned by the event loop.
 */
final class BrokerLine implements Connection.Owner {

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final int LAST_PORT = 65_535;

  /** How long a broker without a connection is remembered, and how often attempts failed. */
  private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(5);

  private static final long IDLE_CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Connections connections;
  private final EventLoop loop;
  private final BrokerAddress broker;
  private final Purpose purpose;
  private final RepeatedLog log;
  private final ArrayDeque<Call<?>> waiting = new ArrayDeque<>();
  private final List<ReadyListener> listeners = new ArrayList<>();
  private final ArrayDeque<InetAddress> untried = new ArrayDeque<>();
  private @Nullable Connection connection;
  private boolean connected;
  private boolean resolving;
  private @Nullable Timer backoffTimer;
  private @Nullable Timer throttleTimer;
  private @Nullable Timer idleTimer;
  private int failures;
  private long nextAttemptNanos;
  private @Nullable String lastFailure;

  BrokerLine(Connections connections, BrokerAddress broker, Purpose purpose) {
    this.connections = connections;
    this.loop = connections.loop();
    this.broker = broker;
    this.purpose = purpose;
    this.log = new RepeatedLog(loop.environment().clock(), LOG);
    this.nextAttemptNanos = loop.nanoTime();
  }

  boolean usable() {
    return connected && throttleTimer == null;
  }

  boolean throttled() {
    return throttleTimer != null;
  }

  boolean backingOff() {
    return connection == null && failures > 0 && nextAttemptNanos - loop.nanoTime() > 0;
  }

  int inFlight() {
    return waiting.size() + (connection != null && connected ? connection.inFlight() : 0);
  }

  boolean overdue() {
    return connection != null && connection.overdue();
  }

  @Nullable BrokerVersions versions() {
    return connection == null ? null : connection.versions();
  }

  @Nullable String lastFailure() {
    return lastFailure;
  }

  /** Whether nothing would be lost if the line were forgotten. */
  boolean forgettable() {
    return connection == null && !resolving && !wanted() && !backingOff();
  }

  /** Whether nobody has needed it for long. */
  boolean forgotten() {
    return forgettable() && loop.nanoTime() - nextAttemptNanos > REMEMBERED_NANOS;
  }

  void send(Call<?> call) {
    call.accepted(loop, () -> timedOut(call));
    if (usable() && connection != null) {
      connection.send(call);
    } else {
      waiting.add(call);
      connectIfWanted();
    }
  }

  void whenReady(ReadyListener listener) {
    if (usable()) {
      loop.execute(listener::ready);
    } else {
      listeners.add(listener);
      connectIfWanted();
    }
  }

  void close(Closure closure) {
    untried.clear();
    cancel(backoffTimer);
    backoffTimer = null;
    if (connection != null) {
      connection.close(closure);
    } else {
      failWaiting(closure);
    }
  }

  private boolean wanted() {
    return !waiting.isEmpty() || !listeners.isEmpty();
  }

  private void connectIfWanted() {
    if (connection != null || resolving || backoffTimer != null || !wanted()) {
      return;
    }
    long backoffNanos = nextAttemptNanos - loop.nanoTime();
    if (backoffNanos > 0) {
      backoffTimer =
          loop.schedule(
              backoffNanos,
              () -> {
                backoffTimer = null;
                connectIfWanted();
              });
    } else {
      resolve();
    }
  }

  private void resolve() {
    resolving = true;
    if (broker.port() < 0 || broker.port() > LAST_PORT) {
      loop.execute(() -> resolutionFailed(noPort(), null));
      return;
    }
    NameResolver resolver = loop.environment().resolver();
    DnsLookup lookup = connections.settings().connect().lookup();
    try {
      loop.environment()
          .lookups()
          .execute(
              () -> {
                try {
                  List<InetAddress> addresses = AddressLookup.find(broker, lookup, resolver);
                  loop.offer(() -> resolved(addresses));
                } catch (Throwable e) {
                  // Errors, too: until the outcome is known, nobody looks the name up again.
                  loop.offer(() -> unresolved(e));
                }
              });
    } catch (RuntimeException | OutOfMemoryError e) {
      // There is no thread to be had now, as where a container has too many.
      loop.execute(() -> unresolved(e));
    }
  }

  private void resolved(List<InetAddress> addresses) {
    resolving = false;
    if (!connections.closed() && wanted()) {
      untried.addAll(addresses);
      connectToNext();
    }
  }

  private void unresolved(Throwable e) {
    resolutionFailed(
        "The name %s of %s cannot be resolved; check bootstrap.servers, the brokers'"
                .formatted(broker.host(), broker)
            + " advertised.listeners, and DNS",
        e);
  }

  private String noPort() {
    return "The address of %s has the port %d, which is none; check the brokers' advertised.listeners"
        .formatted(broker, broker.port());
  }

  private void resolutionFailed(String detail, @Nullable Throwable cause) {
    resolving = false;
    if (!connections.closed()) {
      attemptFailed(Closure.lost(detail, cause));
    }
  }

  private void connectToNext() {
    InetSocketAddress address = new InetSocketAddress(untried.remove(), broker.port());
    Connection next = new Connection(connections, broker, this, address);
    connection = next;
    next.open(
        address,
        connections
            .settings()
            .connect()
            .setupTimeout()
            .nanos(failures + 1, loop.environment().random()));
  }

  @Override
  public void ready(Connection opened, BrokerVersions versions) {
    connected = true;
    failures = 0;
    lastFailure = null;
    untried.clear();
    log.over("%s: connected to %s for %s".formatted(loop.name(), broker, purpose));
    watchIdleness();
    connections.connected(broker, purpose);
    goOn();
  }

  @Override
  public void throttled(int millis) {
    LOG.debug("{}: {} throttles {} for {} ms", loop.name(), broker, purpose, millis);
    long untilNanos = loop.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    if (throttleTimer != null && throttleTimer.deadlineNanos() - untilNanos >= 0) {
      return;
    }
    cancel(throttleTimer);
    throttleTimer =
        loop.schedule(
            TimeUnit.MILLISECONDS.toNanos(millis),
            () -> {
              throttleTimer = null;
              goOn();
            });
  }

  @Override
  public void closed(Connection gone, boolean wasReady, Closure closure) {
    connection = null;
    connected = false;
    cancel(throttleTimer);
    throttleTimer = null;
    cancel(idleTimer);
    idleTimer = null;
    if (closure.kind() != Closure.Kind.LOST) {
      LOG.debug("{}: closed the connection for {}: {}", loop.name(), purpose, closure.detail());
      if (closure.kind() == Closure.Kind.IDLE) {
        connectIfWanted();
      } else {
        failWaiting(closure);
      }
    } else if (wasReady) {
      log.warn(
          "%s: lost the connection for %s: %s".formatted(loop.name(), purpose, closure.detail()));
      backOff(closure);
      connections.lost(broker, purpose, closure.detail());
      connectIfWanted();
    } else if (untried.isEmpty()) {
      attemptFailed(closure);
    } else {
      LOG.debug("{}: {}; trying the next address", loop.name(), closure.detail());
      connectToNext();
    }
  }

  private void attemptFailed(Closure closure) {
    log.warn("%s: %s".formatted(loop.name(), closure.detail()));
    backOff(closure);
    connections.unreachable(broker, purpose, closure.detail());
    failWaiting(closure);
  }

  private void backOff(Closure closure) {
    failures++;
    lastFailure = closure.detail();
    nextAttemptNanos =
        loop.nanoTime()
            + connections
                .settings()
                .connect()
                .reconnectBackoff()
                .nanos(failures, loop.environment().random());
  }

  private void failWaiting(Closure closure) {
    List<Call<?>> calls = new ArrayList<>(waiting);
    waiting.clear();
    List<ReadyListener> told = new ArrayList<>(listeners);
    listeners.clear();
    for (Call<?> call : calls) {
      call.fail(closure.failureOf(call, false), loop);
    }
    for (ReadyListener listener : told) {
      RequestFailure.Kind kind =
          closure.kind() == Closure.Kind.CLIENT_CLOSED
              ? RequestFailure.Kind.CLOSED
              : RequestFailure.Kind.NOT_SENT;
      RequestFailure failure = new RequestFailure(kind, false, closure.detail(), closure.cause());
      loop.guarded(() -> listener.unreachable(failure));
    }
  }

  private void goOn() {
    // A listener, or a call that cannot be sent, may change everything.
    while (usable() && connection != null && !waiting.isEmpty()) {
      connection.send(waiting.remove());
    }
    if (usable()) {
      List<ReadyListener> told = new ArrayList<>(listeners);
      listeners.clear();
      told.forEach(listener -> loop.guarded(listener::ready));
    }
  }

  private void timedOut(Call<?> call) {
    if (waiting.remove(call)) {
      String detail =
          "%s was not sent to %s within %s: %s"
              .formatted(call.spec().apiKey(), broker, call.timeoutText(), obstacle());
      call.fail(new RequestFailure(RequestFailure.Kind.TIMED_OUT, false, detail, null), loop);
    } else if (connection != null) {
      connection.timedOut(call, () -> timedOut(call));
    }
  }

  private String obstacle() {
    String now;
    if (throttleTimer != null) {
      now = "the broker throttles this client (quota)";
    } else if (resolving) {
      now = "its name is being resolved";
    } else if (connection != null) {
      now = connection.obstacle();
    } else {
      now = "waiting for the next attempt to connect";
    }
    return lastFailure == null ? now : now + "; the last attempt failed: " + lastFailure;
  }

  private void watchIdleness() {
    long idleNanos = connections.settings().idleNanos();
    if (idleNanos >= 0 && connection != null) {
      long untilIdle = connection.lastUseNanos() + idleNanos - loop.nanoTime();
      idleTimer = loop.schedule(untilIdle, this::checkIdleness);
    }
  }

  private void checkIdleness() {
    if (connection == null) {
      return;
    }
    boolean idle =
        loop.nanoTime() - connection.lastUseNanos() >= connections.settings().idleNanos()
            && inFlight() == 0;
    if (idle) {
      connection.close(Closure.of(Closure.Kind.IDLE, broker + " was not needed for long"));
      connections.forget(this);
    } else {
      // What is parked at the broker keeps the connection, for however long.
      long untilIdle =
          connection.lastUseNanos() + connections.settings().idleNanos() - loop.nanoTime();
      long atLeast = inFlight() > 0 ? IDLE_CHECK_NANOS : TimeUnit.MILLISECONDS.toNanos(1);
      idleTimer = loop.schedule(Math.max(atLeast, untilIdle), this::checkIdleness);
    }
  }

  private static void cancel(@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}

package io.millstream.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the event loop and the connections of a client count, together and for each broker. Owned by
 * the event loop; the values are read by any thread.
 */
public final class NetworkMetrics implements Named {

  private final ClientMetrics client;
  private final Windows windows;
  private final Map<Integer, NodeMetrics> nodes = new HashMap<>();
  private final Counter created;
  private final Counter closed;
  private final Counter operations;
  private final Counter requests;
  private final Counter responses;
  private final Counter outgoingBytes;
  private final Counter incomingBytes;
  private final Measured requestBytes;
  private final Counter selects;
  private final Counter waitNanos;
  private final Counter workNanos;
  private final Measured waitPerSelect;
  private final Measured workPerSelect;
  private long inFlight;
  private long turnBeganNanos;
  private long readyNanos;
  private boolean ready;

  NetworkMetrics(ClientMetrics client) {
    this.client = client;
    this.windows = client.windows();
    created = new Counter(windows);
    closed = new Counter(windows);
    operations = new Counter(windows);
    requests = new Counter(windows);
    responses = new Counter(windows);
    outgoingBytes = new Counter(windows);
    incomingBytes = new Counter(windows);
    requestBytes = new Measured(windows);
    selects = new Counter(windows);
    waitNanos = new Counter(windows);
    workNanos = new Counter(windows);
    waitPerSelect = new Measured(windows);
    workPerSelect = new Measured(windows);
  }

  @Override
  public void nameIn(MetricGroup group) {
    group.counter("connection-creation", "Connections opened", created);
    group.counter("connection-close", "Connections closed", closed);
    group.add(
        "connection-count",
        "Connections that are open",
        () -> windows.read(now -> created.count() - closed.count()));
    group.counter("network-io", "Reads and writes of connections", operations);
    group.counter("request", "Requests written", requests);
    group.counter("response", "Answers received", responses);
    group.counter("outgoing-byte", "Bytes written", outgoingBytes);
    group.counter("incoming-byte", "Bytes received", incomingBytes);
    group.measured("request-size", "size of a request, in bytes", requestBytes);
    group.add(
        "requests-in-flight",
        "Requests that are not answered",
        () -> windows.read(now -> inFlight));
    group.counter("select", "Turns of the event loop", selects);
    group.mean("io-wait-time-ns-avg", "wait of a turn of the event loop", waitPerSelect);
    group.mean("io-time-ns-avg", "work at connections in a turn of the event loop", workPerSelect);
    group.add("io-wait-time-ns-total", "Time that the event loop waited", waitNanos::total);
    group.add("io-time-ns-total", "Time of work at connections", workNanos::total);
    group.add(
        "io-wait-ratio", "Share of time that the event loop waited", () -> waitNanos.rate() / 1e9);
    group.add("io-ratio", "Share of time of work at connections", () -> workNanos.rate() / 1e9);
    Authentication.nameIn(group, windows);
  }

  /** Begins a turn of the event loop. */
  public void turnBegins(long nowNanos) {
    turnBeganNanos = nowNanos;
    ready = false;
  }

  /** Says whether no channel was ready in this turn yet. */
  public boolean waits() {
    return !ready;
  }

  /** The wait of a turn is over, since a channel is ready. */
  public void ready(long nowNanos) {
    ready = true;
    readyNanos = nowNanos;
    windows.at(nowNanos);
  }

  /** All channels that were ready in this turn have been served. */
  public void served(long nowNanos) {
    windows.at(nowNanos);
    long waited = (ready ? readyNanos : nowNanos) - turnBeganNanos;
    long worked = ready ? nowNanos - readyNanos : 0;
    windows.begin();
    selects.add(1);
    waitNanos.add(waited);
    waitPerSelect.add(waited);
    workNanos.add(worked);
    workPerSelect.add(worked);
    windows.end();
  }

  /** Returns what is counted for a broker, null if it is not known. */
  public @Nullable NodeMetrics node(int nodeId) {
    return nodes.get(nodeId);
  }

  /** Begins to count for a connection to a broker, until it is {@link #closed}. */
  public NodeMetrics connecting(int nodeId) {
    NodeMetrics node = nodes.get(nodeId);
    if (node == null) {
      node = new NodeMetrics(client, nodeId);
      nodes.put(nodeId, node);
      node.showIn(client);
    }
    node.connecting();
    return node;
  }

  /** Drops the brokers that are not among these and have no connection. */
  public void keep(Set<Integer> nodeIds) {
    nodes.values().removeIf(node -> !nodeIds.contains(node.nodeId()) && node.removeIfUnconnected());
  }

  /** A connection came about. */
  public void opened() {
    windows.begin();
    created.add(1);
    windows.end();
  }

  /** A connection is gone; it may never have come about. */
  public void closed(NodeMetrics node, boolean wasOpen) {
    node.closed();
    if (wasOpen) {
      windows.begin();
      closed.add(1);
      windows.end();
    }
  }

  /** A request was wholly written. */
  public void written(NodeMetrics node, long bytes) {
    windows.begin();
    operations.add(1);
    requests.add(1);
    outgoingBytes.add(bytes);
    requestBytes.add(bytes);
    node.written(bytes);
    windows.end();
  }

  /** Bytes were read. */
  public void read(NodeMetrics node, long bytes) {
    windows.begin();
    operations.add(1);
    incomingBytes.add(bytes);
    node.read(bytes);
    windows.end();
  }

  /** An answer was received. */
  public void answered(NodeMetrics node) {
    windows.begin();
    responses.add(1);
    node.answered();
    windows.end();
  }

  /** So many more requests are not answered; fewer, where negative. */
  public void inFlight(int more) {
    windows.begin();
    inFlight += more;
    windows.end();
  }
}

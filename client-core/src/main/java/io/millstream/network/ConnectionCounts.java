package io.millstream.network;

import io.millstream.metrics.NetworkMetrics;
import io.millstream.metrics.NodeMetrics;

/** What one connection counts. Owned by the event loop. */
final class ConnectionCounts {

  private final NetworkMetrics metrics;
  private final NodeMetrics node;
  private boolean open;
  private int inFlight;

  ConnectionCounts(NetworkMetrics metrics, int nodeId) {
    this.metrics = metrics;
    this.node = metrics.connecting(nodeId);
  }

  void opened() {
    open = true;
    metrics.opened();
  }

  void closed() {
    inFlight(0);
    metrics.closed(node, open);
    open = false;
  }

  void written(long bytes) {
    metrics.written(node, bytes);
  }

  void read(int bytes) {
    metrics.read(node, bytes);
  }

  /** Before the caller hears: it may look, and finds one request less. */
  void answered() {
    metrics.answered(node);
    inFlight(Math.max(0, inFlight - 1));
  }

  /** So many requests are not answered now. */
  void inFlight(int now) {
    if (now != inFlight) {
      metrics.inFlight(now - inFlight);
      inFlight = now;
    }
  }
}

package io.millstream.metrics;

import java.util.Map;

/** What is counted for one broker. Owned by the event loop; the values are read by any thread. */
public final class NodeMetrics {

  private final int nodeId;
  private final MetricGroup group;
  private final Counter requests;
  private final Counter responses;
  private final Counter outgoingBytes;
  private final Counter incomingBytes;
  private final Measured requestBytes;
  private final Measured latency;
  private int connections;

  NodeMetrics(ClientMetrics client, int nodeId) {
    this.nodeId = nodeId;
    this.group = client.ownGroup("node-metrics", Map.of("node-id", "node-" + nodeId));
    requests = group.counter("request", "Requests written to the broker");
    responses = group.counter("response", "Answers received from the broker");
    outgoingBytes = group.counter("outgoing-byte", "Bytes written to the broker");
    incomingBytes = group.counter("incoming-byte", "Bytes received from the broker");
    requestBytes = group.measured("request-size", "size of a request to the broker, in bytes");
    latency =
        group.measured(
            "request-latency", "time from a request with records to its answer, in milliseconds");
  }

  int nodeId() {
    return nodeId;
  }

  /** Takes the time of a request, in milliseconds, within a change. */
  public void latency(double millis) {
    latency.add(millis);
  }

  void connecting() {
    connections++;
  }

  void closed() {
    connections--;
  }

  boolean removeIfUnconnected() {
    if (connections > 0) {
      return false;
    }
    group.remove();
    return true;
  }

  void written(long bytes) {
    requests.add(1);
    outgoingBytes.add(bytes);
    requestBytes.add(bytes);
  }

  void read(long bytes) {
    incomingBytes.add(bytes);
  }

  void answered() {
    responses.add(1);
  }
}

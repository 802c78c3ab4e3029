package io.millstream.metrics;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is counted for one broker. Owned by the event loop; the values are read by any thread. */
public final class NodeMetrics implements Named {

  private final int nodeId;
  private final Counter requests;
  private final Counter responses;
  private final Counter outgoingBytes;
  private final Counter incomingBytes;
  private final Measured requestBytes;
  private final Measured latency;
  private @Nullable MetricGroup group;
  private int connections;

  NodeMetrics(ClientMetrics client, int nodeId) {
    this.nodeId = nodeId;
    Windows windows = client.windows();
    requests = new Counter(windows);
    responses = new Counter(windows);
    outgoingBytes = new Counter(windows);
    incomingBytes = new Counter(windows);
    requestBytes = new Measured(windows);
    latency = new Measured(windows);
  }

  void showIn(ClientMetrics client) {
    group =
        client.showOwn(
            "node", Map.of("node-id", String.join("-", "node", Integer.toString(nodeId))), this);
  }

  @Override
  public void nameIn(MetricGroup named) {
    named.counter("request", "Requests written to the broker", requests);
    named.counter("response", "Answers received from the broker", responses);
    named.counter("outgoing-byte", "Bytes written to the broker", outgoingBytes);
    named.counter("incoming-byte", "Bytes received from the broker", incomingBytes);
    named.measured("request-size", "size of a request to the broker, in bytes", requestBytes);
    named.measured(
        "request-latency",
        "time from a request with records to its answer, in milliseconds",
        latency);
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
    if (group != null) {
      group.remove();
    }
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

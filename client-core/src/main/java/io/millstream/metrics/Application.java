package io.millstream.metrics;

import java.util.Map;

/**
 * Which software a client is, and since when it runs.
 *
 * @param startMillis milliseconds since 1970
 */
public record Application(long startMillis) implements Named {

  private static final String UNKNOWN = "unknown";

  /** Shows it. */
  public void showIn(ClientMetrics client) {
    client.show("app-info", Map.of(), this);
  }

  @Override
  public void nameIn(MetricGroup group) {
    String version = Application.class.getPackage().getImplementationVersion();
    group.add("version", "Version of the client", () -> version == null ? UNKNOWN : version);
    group.add("commit-id", "Commit that the client was built from", () -> UNKNOWN);
    group.add("start-time-ms", "When the client was created", () -> startMillis);
  }
}

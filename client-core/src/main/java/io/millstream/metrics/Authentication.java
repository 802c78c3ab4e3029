package io.millstream.metrics;

/**
 * The metrics of authentication. As long as no protocol is built that authenticates, there is
 * nothing to count; the names are there for those who watch them.
 */
final class Authentication {

  private Authentication() {}

  static void addTo(MetricGroup group) {
    group.counter("failed-authentication", "Connections whose authentication failed");
    group.counter("failed-reauthentication", "Connections whose renewed authentication failed");
    group.counter("successful-authentication", "Connections whose authentication succeeded");
    group.counter(
        "successful-reauthentication", "Connections whose renewed authentication succeeded");
    group.add(
        "successful-authentication-no-reauth-total",
        "Connections whose authentication succeeded and cannot be renewed, in all",
        () -> 0.0);
    group.measured("reauthentication-latency", "time of a renewed authentication, in milliseconds");
  }
}

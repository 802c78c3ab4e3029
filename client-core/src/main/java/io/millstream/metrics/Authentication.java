package io.millstream.metrics;

/**
 * The metrics of authentication. As long as no protocol is built that authenticates, there is
 * nothing to count; the names are there for those who watch them.
 */
final class Authentication {

  private Authentication() {}

  static void nameIn(MetricGroup group, Windows windows) {
    Counter none = new Counter(windows);
    group.counter("failed-authentication", "Connections whose authentication failed", none);
    group.counter(
        "failed-reauthentication", "Connections whose renewed authentication failed", none);
    group.counter("successful-authentication", "Connections whose authentication succeeded", none);
    group.counter(
        "successful-reauthentication", "Connections whose renewed authentication succeeded", none);
    group.add(
        "successful-authentication-no-reauth-total",
        "Connections whose authentication succeeded and cannot be renewed, in all",
        () -> 0.0);
    group.measured(
        "reauthentication-latency",
        "time of a renewed authentication, in milliseconds",
        new Measured(windows));
  }
}

package io.millstream.testing.simulation;

import java.time.Duration;

/**
 * How the simulated network treats connections. Chances lie between 0 and 1.
 *
 * @param leastLatencyNanos the least time that bytes take
 * @param mostLatencyNanos the most time that bytes take
 * @param bytesPerSecond how much one direction of a connection carries; 0 for no limit
 * @param faults what goes wrong
 */
public record NetworkConditions(
    long leastLatencyNanos, long mostLatencyNanos, long bytesPerSecond, Faults faults) {

  /**
   * What goes wrong.
   *
   * @param refuse the chance that a connection is refused
   * @param neverConnect the chance that connecting has no outcome at all
   * @param cut the chance, per piece of bytes on its way, that the connection breaks within it
   * @param split the chance that a read or a write takes a part only
   * @param unresolved the chance that a name is not resolved
   */
  public record Faults(
      double refuse, double neverConnect, double cut, double split, double unresolved) {

    /** Nothing goes wrong. */
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0);
  }

  /**
   * A quick network on which all is well.
   *
   * @return the conditions
   */
  public static NetworkConditions calm() {
    return of(Duration.ofNanos(100_000), Duration.ofMillis(1), Faults.NONE);
  }

  /**
   * A network on which bytes come in pieces, and now and then a connection breaks.
   *
   * @return the conditions
   */
  public static NetworkConditions rough() {
    return of(
        Duration.ofNanos(100_000),
        Duration.ofMillis(20),
        new Faults(0.05, 0.005, 0.003, 0.3, 0.02));
  }

  /**
   * A network on which connections hardly live for a second.
   *
   * @return the conditions
   */
  public static NetworkConditions stormy() {
    return of(
        Duration.ofNanos(100_000), Duration.ofMillis(50), new Faults(0.2, 0.01, 0.02, 0.5, 0.1));
  }

  /**
   * Creates conditions without a limit of throughput.
   *
   * @param least of a piece of bytes on its way, one way
   * @param most of the same
   * @param faults what goes wrong
   * @return the conditions
   */
  public static NetworkConditions of(Duration least, Duration most, Faults faults) {
    return new NetworkConditions(least.toNanos(), most.toNanos(), 0, faults);
  }

  /**
   * Returns a copy with a limit of throughput.
   *
   * @param limit for each direction of a connection; 0 for none
   * @return the copy
   */
  public NetworkConditions withBytesPerSecond(long limit) {
    return new NetworkConditions(leastLatencyNanos, mostLatencyNanos, limit, faults);
  }
}

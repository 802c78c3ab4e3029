package io.millstream.cluster;

import io.millstream.network.BrokerAddress;
import io.millstream.network.Connections;
import io.millstream.network.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Chooses the broker with the least to do. Owned by the event loop. */
final class BrokerChoice {

  private static final long NOT_READY = 1L << 32;

  private BrokerChoice() {}

  /**
   * Chooses one that is ready and has the fewest requests under way, else one that need not back
   * off, else any; at random among equals. One that failed for any purpose, or keeps a caller
   * waiting, and has not answered there since, comes behind those that did not.
   *
   * @param candidates who may be chosen
   * @param avoided who is chosen only where nobody else is left
   * @return null if there are no candidates
   */
  static @Nullable BrokerAddress leastLoaded(
      Iterable<BrokerAddress> candidates,
      Set<BrokerAddress> avoided,
      Connections connections,
      RandomGenerator random) {
    List<BrokerAddress> best = new ArrayList<>();
    long leastCost = Long.MAX_VALUE;
    for (BrokerAddress candidate : candidates) {
      long cost = cost(candidate, connections) + (avoided.contains(candidate) ? 1L << 60 : 0);
      if (cost < leastCost) {
        best.clear();
        leastCost = cost;
      }
      if (cost == leastCost) {
        best.add(candidate);
      }
    }
    return best.isEmpty() ? null : best.get(random.nextInt(best.size()));
  }

  private static long cost(BrokerAddress broker, Connections connections) {
    int inFlight = connections.inFlight(broker, Purpose.CONTROL);
    if (connections.backingOff(broker, Purpose.CONTROL)) {
      return 3 * NOT_READY + inFlight;
    }
    if (hasFailed(broker, connections)) {
      return 2 * NOT_READY + inFlight;
    }
    return (connections.ready(broker, Purpose.CONTROL) ? 0 : NOT_READY) + inFlight;
  }

  /** A broker that hangs keeps all its connections, and only what waits there finds out. */
  private static boolean hasFailed(BrokerAddress broker, Connections connections) {
    for (Purpose purpose : Purpose.values()) {
      if (connections.lastFailure(broker, purpose) != null
          || connections.overdue(broker, purpose)) {
        return true;
      }
    }
    return false;
  }
}

package io.millstream.cluster;

import io.millstream.network.BrokerAddress;

/** Learns where a coordinator is. Exactly one method is called, once, on the event loop. */
public interface CoordinatorListener {

  /** The coordinator is known. */
  void found(BrokerAddress coordinator);

  /**
   * It was not found before the deadline, or may not be asked for.
   *
   * @param exception for the user
   */
  void notFound(RuntimeException exception);
}

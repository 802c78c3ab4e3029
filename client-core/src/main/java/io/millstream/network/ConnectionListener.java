package io.millstream.network;

/** Learns what happens to the connections of a client. Called on the event loop. */
public interface ConnectionListener {

  /** A connection is ready for requests. */
  default void connected(BrokerAddress broker, Purpose purpose) {}

  /**
   * No connection came about; all addresses were tried.
   *
   * @param detail why, in a sentence that names the broker
   */
  default void unreachable(BrokerAddress broker, Purpose purpose, String detail) {}

  /**
   * A connection that was ready is gone, other than for idleness or by the client's own wish.
   *
   * @param detail why, in a sentence that names the broker
   */
  default void lost(BrokerAddress broker, Purpose purpose, String detail) {}

  /** A broker said that it is not the one, or not of the cluster, that was expected (KIP-1242). */
  default void wrongCluster(BrokerAddress broker) {}
}

package io.millstream.network;

import java.io.IOException;

/** A network: TCP in production, in memory for simulations. */
public interface Transport {

  /**
   * Opens a selector for one event loop.
   *
   * @return a selector without channels
   * @throws IOException if the system has no resources for it
   */
  TransportSelector openSelector() throws IOException;
}

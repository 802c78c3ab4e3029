package io.millstream.network;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * The channels of one event loop and the waiting for them. Only the loop uses it, but for {@link
 * #wakeup}.
 */
public interface TransportSelector extends AutoCloseable {

  /**
   * Begins to open a connection and never blocks. The channel is interested in the end of the
   * connecting, which the listener is told as connectable.
   *
   * @param address a resolved address
   * @param options settings of the socket
   * @param listener is told when the channel is ready; only from within {@link #poll}
   * @return the channel
   * @throws IOException if the connecting fails at once
   */
  TransportChannel connect(
      InetSocketAddress address, ChannelOptions options, ReadinessListener listener)
      throws IOException;

  /**
   * Waits for channels that became ready, or for {@link #wakeup}, and calls their listeners on this
   * thread. A simulated network must call them in an order that the seed alone decides, and may
   * return without having waited.
   *
   * @param maxWaitNanos how long to wait at most; 0 only looks; {@link Long#MAX_VALUE} has no limit
   * @return whether a listener was called
   * @throws IOException if the selector is broken, which ends the event loop
   */
  boolean poll(long maxWaitNanos) throws IOException;

  /** Makes the current, else the next {@link #poll} return at once. Any thread may call this. */
  void wakeup();

  /** Closes all channels and the selector; never fails. */
  @Override
  void close();
}

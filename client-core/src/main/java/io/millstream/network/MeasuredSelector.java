package io.millstream.network;

import io.millstream.metrics.NetworkMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/**
 * Tells the metrics of a client how long its loop waits and works at channels, and by that what
 * time it is. Owned by the event loop.
 */
final class MeasuredSelector implements TransportSelector {

  private final TransportSelector selector;
  private final Clock clock;
  private final NetworkMetrics metrics;

  private MeasuredSelector(TransportSelector selector, Clock clock, NetworkMetrics metrics) {
    this.selector = selector;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Opens the selector of an environment.
   *
   * @throws UncheckedIOException if it cannot be opened
   */
  static MeasuredSelector open(Environment environment, NetworkMetrics metrics) {
    try {
      TransportSelector opened = environment.transport().openSelector();
      return new MeasuredSelector(opened, environment.clock(), metrics);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open a selector: " + e.getMessage(), e);
    }
  }

  @Override
  public TransportChannel connect(
      InetSocketAddress address, ChannelOptions options, ReadinessListener listener)
      throws IOException {
    return selector.connect(
        address,
        options,
        (connectable, readable, writable) -> {
          if (metrics.waits()) {
            metrics.ready(clock.nanoTime());
          }
          listener.ready(connectable, readable, writable);
        });
  }

  @Override
  public boolean poll(long maxWaitNanos) throws IOException {
    metrics.turnBegins(clock.nanoTime());
    try {
      return selector.poll(maxWaitNanos);
    } finally {
      metrics.served(clock.nanoTime());
    }
  }

  @Override
  public void wakeup() {
    selector.wakeup();
  }

  @Override
  public void close() {
    selector.close();
  }
}

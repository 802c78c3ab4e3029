package io.millstream.network;

import org.jspecify.annotations.Nullable;

/**
 * Where a broker is to be found.
 *
 * @param id the broker's node id; negative for a bootstrap server, whose id is not known
 * @param host a name or an address
 * @param port its TCP port
 * @param rack the rack it stands in, null where none is known
 */
public record BrokerAddress(int id, String host, int port, @Nullable String rack) {

  /** Creates an address without a rack. */
  public BrokerAddress(int id, String host, int port) {
    this(id, host, port, null);
  }

  /** Says whether this is an entry of {@code bootstrap.servers}. */
  public boolean isBootstrap() {
    return id < 0;
  }

  /**
   * Says that the broker cannot be reached, why, and what to check.
   *
   * @param text what names the broker, perhaps with the one of its addresses that was tried
   */
  String cannotConnect(String text, Exception e) {
    return "Cannot connect to %s: %s; check that it runs, and %s"
        .formatted(
            text,
            Closure.reason(e),
            isBootstrap() ? "bootstrap.servers" : "its advertised.listeners");
  }

  /** Returns what names the broker in logs and errors. */
  @Override
  public String toString() {
    String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return isBootstrap()
        ? "bootstrap server %s:%d".formatted(bracketed, port)
        : "broker %d (%s:%d)".formatted(id, bracketed, port);
  }
}

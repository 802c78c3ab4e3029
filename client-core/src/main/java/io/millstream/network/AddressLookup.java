package io.millstream.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the addresses of a broker as {@code client.dns.lookup} says. Blocks. */
final class AddressLookup {

  private AddressLookup() {}

  /**
   * Finds all addresses to be tried, in this order.
   *
   * @throws UnknownHostException if there is none, or none can be found now
   */
  static List<InetAddress> find(BrokerAddress broker, DnsLookup lookup, NameResolver resolver)
      throws UnknownHostException {
    List<InetAddress> addresses = resolver.resolve(broker.host());
    boolean canonical =
        broker.isBootstrap() && lookup == DnsLookup.RESOLVE_CANONICAL_BOOTSTRAP_SERVERS_ONLY;
    return canonical ? canonical(addresses, resolver) : addresses;
  }

  /** Replaces each address by all those of its canonical name; names that have none are skipped. */
  private static List<InetAddress> canonical(List<InetAddress> addresses, NameResolver resolver)
      throws UnknownHostException {
    Set<InetAddress> found = new LinkedHashSet<>();
    UnknownHostException failure = null;
    for (InetAddress address : addresses) {
      try {
        found.addAll(resolver.resolve(resolver.canonicalName(address)));
      } catch (UnknownHostException e) {
        failure = withEarlier(e, failure);
      }
    }
    if (found.isEmpty() && failure != null) {
      throw failure;
    }
    return List.copyOf(found);
  }

  private static UnknownHostException withEarlier(
      UnknownHostException failure, @Nullable UnknownHostException earlier) {
    if (earlier != null) {
      failure.addSuppressed(earlier);
    }
    return failure;
  }
}

package io.millstream.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. Blocks, hence is called on the helper executor only. */
public interface NameResolver {

  /**
   * Finds all addresses of a host, the one to be tried first in front.
   *
   * @param host a name or an address
   * @return at least one address
   * @throws UnknownHostException if there is none, or none can be found now
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /**
   * Finds the canonical name of an address, for {@code client.dns.lookup =
   * resolve_canonical_bootstrap_servers_only}.
   *
   * @param address the address
   * @return its name, or the address as text where it has none
   */
  default String canonicalName(InetAddress address) {
    return address.getCanonicalHostName();
  }
}

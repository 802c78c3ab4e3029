package io.millstream.network;

/** How host names become addresses, {@code client.dns.lookup}. */
public enum DnsLookup {
  /** All addresses of a name are tried. */
  USE_ALL_DNS_IPS,
  /**
   * Each bootstrap server is replaced by the canonical names of all its addresses; all addresses of
   * a name are tried.
   */
  RESOLVE_CANONICAL_BOOTSTRAP_SERVERS_ONLY
}

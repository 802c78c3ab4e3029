package io.millstream.clients.consumer;

import java.util.Locale;

/** How members of a group share its partitions: the setting {@code group.protocol}. */
public enum GroupProtocol {
  /** One member computes the assignment for all. */
  CLASSIC("CLASSIC"),
  /** The coordinator computes the assignment (KIP-848). */
  CONSUMER("CONSUMER");

  /** The name in upper case. */
  public final String name;

  GroupProtocol(String name) {
    this.name = name;
  }

  /**
   * Finds a protocol by its name.
   *
   * @param name the name, in upper or lower case
   * @return the protocol
   * @throws IllegalArgumentException if there is none of that name
   */
  public static GroupProtocol of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}

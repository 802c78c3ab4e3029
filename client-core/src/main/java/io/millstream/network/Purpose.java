package io.millstream.network;

import java.util.Locale;

/**
 * What a connection is for. A broker answers one request per connection at a time, so what may park
 * at the broker gets a connection of its own.
 */
public enum Purpose {
  /** Produce requests. */
  PRODUCE,
  /** Fetch requests, which park until there are records. */
  FETCH,
  /** Heartbeats, commits, transactions. */
  COORDINATOR,
  /** JoinGroup and SyncGroup, which park until the group is complete. */
  JOIN,
  /** Metadata, offsets, admin requests. */
  CONTROL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

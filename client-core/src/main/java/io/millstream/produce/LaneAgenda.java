package io.millstream.produce;

import org.jspecify.annotations.Nullable;

/** What the sender has noted of one lane. Owned by the event loop. */
final class LaneAgenda {

  /** The lanes that it is among, by leader; null while it is among none. */
  @Nullable LeaderLanes group;

  /** Whether it has something, as far as was looked. */
  boolean busy;

  /** Whether it is to be looked at. */
  boolean noted;

  /** Whether its open batch need not wait for more records, but perhaps for others to leave. */
  boolean due;

  /** When that batch was begun; those that are begun later are not due yet. */
  long dueBegunNanos;
}

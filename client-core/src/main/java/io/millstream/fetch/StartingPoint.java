package io.millstream.fetch;

import java.util.Optional;

/** Where fetching a partition begins. */
public sealed interface StartingPoint {

  /** What the group has committed, else what {@code auto.offset.reset} says. */
  StartingPoint COMMITTED = new Committed();

  /**
   * A given offset.
   *
   * @param offset of the first record
   * @param leaderEpoch of the record before, where it is known
   */
  record At(long offset, Optional<Integer> leaderEpoch) implements StartingPoint {}

  /** What the group has committed. */
  record Committed() implements StartingPoint {}

  /**
   * A place that has to be looked up.
   *
   * @param place not {@link OffsetReset#NONE}
   */
  record LookedUp(OffsetReset place) implements StartingPoint {}
}

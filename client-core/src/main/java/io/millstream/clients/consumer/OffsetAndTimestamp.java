package io.millstream.clients.consumer;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first record at or after a point in time: its offset and its timestamp. Immutable. */
public final class OffsetAndTimestamp {

  private final long timestamp;
  private final long offset;
  private final Optional<Integer> leaderEpoch;

  /**
   * Creates it without a leader epoch.
   *
   * @param offset the offset of the record
   * @param timestamp its timestamp, in milliseconds since 1970
   * @throws IllegalArgumentException if one is negative
   */
  public OffsetAndTimestamp(long offset, long timestamp) {
    this(offset, timestamp, Optional.empty());
  }

  /**
   * Creates it.
   *
   * @param offset the offset of the record
   * @param timestamp its timestamp, in milliseconds since 1970
   * @param leaderEpoch the leader epoch of the record, where it is known
   * @throws IllegalArgumentException if offset or timestamp are negative
   */
  public OffsetAndTimestamp(long offset, long timestamp, Optional<Integer> leaderEpoch) {
    if (offset < 0) {
      throw new IllegalArgumentException("An offset is never negative, but is " + offset);
    }
    if (timestamp < 0) {
      throw new IllegalArgumentException("A timestamp is never negative, but is " + timestamp);
    }
    this.offset = offset;
    this.timestamp = timestamp;
    this.leaderEpoch = leaderEpoch;
  }

  /** {@return the timestamp of the record, in milliseconds since 1970} */
  public long timestamp() {
    return timestamp;
  }

  /** {@return the offset of the record} */
  public long offset() {
    return offset;
  }

  /** {@return the leader epoch of the record, where it is known} */
  public Optional<Integer> leaderEpoch() {
    return leaderEpoch;
  }

  @Override
  public String toString() {
    return "(timestamp="
        + timestamp
        + ", leaderEpoch="
        + leaderEpoch.orElse(null)
        + ", offset="
        + offset
        + ")";
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof OffsetAndTimestamp other
        && timestamp == other.timestamp
        && offset == other.offset
        && leaderEpoch.equals(other.leaderEpoch);
  }

  @Override
  public int hashCode() {
    return Objects.hash(timestamp, offset, leaderEpoch);
  }
}

package io.millstream.clients.consumer;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An offset that a group commits, with a text for people. Immutable. */
public class OffsetAndMetadata implements Serializable {

  private static final long serialVersionUID = 1L;

  private final long offset;
  private final String metadata;
  private final @Nullable Integer leaderEpoch;

  /**
   * Creates an offset to commit.
   *
   * @param offset the offset of the next record to read
   * @param leaderEpoch the leader epoch of the last record read; empty or negative where not known
   * @param metadata any text; null means an empty one
   * @throws IllegalArgumentException if the offset is negative
   */
  public OffsetAndMetadata(long offset, Optional<Integer> leaderEpoch, @Nullable String metadata) {
    if (offset < 0) {
      throw new IllegalArgumentException("An offset is never negative, but is " + offset);
    }
    this.offset = offset;
    this.leaderEpoch = leaderEpoch.filter(epoch -> epoch >= 0).orElse(null);
    this.metadata = metadata == null ? "" : metadata;
  }

  /**
   * Creates an offset to commit, without a leader epoch.
   *
   * @param offset the offset of the next record to read
   * @param metadata any text; null means an empty one
   * @throws IllegalArgumentException if the offset is negative
   */
  public OffsetAndMetadata(long offset, @Nullable String metadata) {
    this(offset, Optional.empty(), metadata);
  }

  /**
   * Creates an offset to commit, without a leader epoch and text.
   *
   * @param offset the offset of the next record to read
   * @throws IllegalArgumentException if the offset is negative
   */
  public OffsetAndMetadata(long offset) {
    this(offset, "");
  }

  /** {@return the offset of the next record to read} */
  public long offset() {
    return offset;
  }

  /** {@return the text; empty for none} */
  public String metadata() {
    return metadata;
  }

  /** {@return the leader epoch of the last record read, where it is known} */
  public Optional<Integer> leaderEpoch() {
    return Optional.ofNullable(leaderEpoch);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof OffsetAndMetadata other
        && offset == other.offset
        && metadata.equals(other.metadata)
        && Objects.equals(leaderEpoch, other.leaderEpoch);
  }

  @Override
  public int hashCode() {
    return Objects.hash(offset, metadata, leaderEpoch);
  }

  @Override
  public String toString() {
    return "OffsetAndMetadata{offset="
        + offset
        + ", leaderEpoch="
        + leaderEpoch
        + ", metadata='"
        + metadata
        + "'}";
  }
}

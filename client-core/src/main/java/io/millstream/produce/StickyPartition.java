package io.millstream.produce;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Places records without a key: they stay on one partition until it has got about a batch, then
 * another one is drawn, so that each gets the same bytes in the long run (KIP-794). Any thread may
 * use it.
 */
final class StickyPartition {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final int stayBytes;
  private final AtomicReference<@Nullable Stay> current = new AtomicReference<>();
  private volatile long seed;

  /** The time that records stay on one partition. */
  static final class Stay {
    private final int partition;
    private final long seed;
    private final AtomicInteger bytes = new AtomicInteger();

    private Stay(int partition, long seed) {
      this.partition = partition;
      this.seed = seed;
    }

    int partition() {
      return partition;
    }
  }

  /**
   * Creates one that has not chosen yet.
   *
   * @param stayBytes after how many bytes another partition is drawn
   */
  StickyPartition(int stayBytes) {
    this.stayBytes = stayBytes;
  }

  /** Gives it chance, before the first choice. */
  void seed(long random) {
    seed = random;
  }

  /** Returns where records go now. */
  Stay current(KnownPartitions known) {
    Stay stay = current.get();
    return stay == null || stay.partition >= known.count() ? leave(stay, known) : stay;
  }

  /** Counts what was appended, and moves on when it is enough. */
  void appended(Stay stay, int bytes, KnownPartitions known) {
    if (stay.bytes.addAndGet(bytes) >= stayBytes) {
      leave(stay, known);
    }
  }

  /** Says whether any record was placed here. */
  boolean inUse() {
    return current.get() != null;
  }

  /** Moves on from a partition that would not be drawn any more. */
  void leaveUndrawn(KnownPartitions known) {
    Stay stay = current.get();
    if (stay != null && !known.canDraw(stay.partition)) {
      leave(stay, known);
    }
  }

  /**
   * Moves on, unless somebody else did.
   *
   * @return where records go now
   */
  Stay leave(@Nullable Stay stay, KnownPartitions known) {
    long next = (stay == null ? seed : stay.seed) + GOLDEN_GAMMA;
    Stay drawn = new Stay(known.draw(mix(next)), next);
    Stay witness = current.compareAndExchange(stay, drawn);
    return witness == stay || witness == null ? drawn : witness;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }
}

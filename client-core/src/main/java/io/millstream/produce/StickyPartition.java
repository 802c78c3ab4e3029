package io.millstream.produce;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Places records without a key: they stay on one partition until it has got about a batch, then
 * another one is drawn, so that each gets the same bytes in the long run (KIP-794). Threads that
 * get into each other's way at one partition stay on several. Any thread may use it.
 */
final class StickyPartition {

  /*
   * Two threads that fill one batch at full speed spend most of their time on moving its memory,
   * and that of its lock, from one processor to the other. So where callers had to wait for a
   * partition's lock while it was stayed on, the number of partitions that are stayed on at the
   * same time is doubled, and each thread keeps to one of them. After a while without such waits it
   * is halved, since several batches fill more slowly than one.
   */

  private static final int MOST_PLACES = 8;
  private static final int MANY_WAITS = 8;
  private static final int QUIET_STAYS = 64;
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final int stayBytes;
  private final AtomicReferenceArray<@Nullable Stay> stays =
      new AtomicReferenceArray<>(MOST_PLACES);
  private final AtomicInteger quietStays = new AtomicInteger();
  private volatile int places = 1;
  private volatile long seed;

  /** The time that the records of some threads stay on one partition. */
  static final class Stay {
    private final int partition;
    private final int place;
    private final long seed;
    private final AtomicInteger bytes = new AtomicInteger();

    private Stay(int partition, int place, long seed) {
      this.partition = partition;
      this.place = place;
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

  /** Returns where records of this thread go now. */
  Stay current(KnownPartitions known) {
    int several = places;
    int place = several == 1 ? 0 : (int) Thread.currentThread().getId() & (several - 1);
    Stay stay = stays.get(place);
    return stay == null || stay.partition >= known.count() ? next(place, stay, known) : stay;
  }

  /** Counts what was appended, and moves on when it is enough. */
  void appended(Stay stay, int bytes, KnownPartitions known) {
    if (stay.bytes.addAndGet(bytes) >= stayBytes) {
      leave(stay, known);
    }
  }

  /** Says whether any record was placed here. */
  boolean inUse() {
    return IntStream.range(0, MOST_PLACES).anyMatch(place -> stays.get(place) != null);
  }

  /** Moves on from partitions that would not be drawn any more. */
  void leaveUndrawn(KnownPartitions known) {
    for (int place = 0; place < MOST_PLACES; place++) {
      Stay stay = stays.get(place);
      if (stay != null && !known.canDraw(stay.partition)) {
        next(place, stay, known);
      }
    }
  }

  /** Moves on, unless somebody else did. */
  void leave(Stay stay, KnownPartitions known) {
    adapt(known.queue(stay.partition).takeWaits(), known);
    next(stay.place, stay, known);
  }

  /** Returns on how many partitions records stay at the same time. */
  int places() {
    return places;
  }

  private void adapt(int waits, KnownPartitions known) {
    int several = places;
    if (waits >= MANY_WAITS) {
      quietStays.set(0);
      if (several * 2 <= Math.min(MOST_PLACES, known.choiceCount())) {
        places = several * 2;
      }
    } else if (several > 1 && quietStays.incrementAndGet() >= QUIET_STAYS * several) {
      quietStays.set(0);
      places = several / 2;
    }
  }

  private Stay next(int place, @Nullable Stay before, KnownPartitions known) {
    long next = (before == null ? seed + place : before.seed) + GOLDEN_GAMMA;
    int partition = known.draw(mix(next));
    if (isTaken(partition, place)) {
      next += GOLDEN_GAMMA;
      partition = known.draw(mix(next));
    }
    Stay drawn = new Stay(partition, place, next);
    Stay witness = stays.compareAndExchange(place, before, drawn);
    return witness == before || witness == null ? drawn : witness;
  }

  /** Says whether other threads stay on a partition. */
  private boolean isTaken(int partition, int place) {
    int several = places;
    for (int other = 0; other < several; other++) {
      Stay stay = stays.get(other);
      if (other != place && stay != null && stay.partition == partition) {
        return true;
      }
    }
    return false;
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }
}

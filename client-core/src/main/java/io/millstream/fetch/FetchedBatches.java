package io.millstream.fetch;

import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import io.millstream.network.Signal;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where event loop and poll meet: what was fetched and not taken over yet, and the count of all
 * bytes that were fetched and not handed out yet, taken over or not. The loop adds, the holder of
 * the poll permit takes and releases. Nothing here blocks.
 */
public final class FetchedBatches {

  private final long maxBytes;
  private final Gate gate;
  private final ConcurrentLinkedQueue<Fetched> arrived = new ConcurrentLinkedQueue<>();
  private final AtomicLong heldBytes = new AtomicLong();
  private volatile boolean starving;
  private final AtomicLong taken = new AtomicLong();
  private @Nullable Signal released;

  /**
   * Creates an empty buffer.
   *
   * @param maxBytes how much it may hold
   * @param gate where polls wait; opened whenever something arrives
   */
  public FetchedBatches(long maxBytes, Gate gate) {
    this.maxBytes = maxBytes;
    this.gate = gate;
  }

  /** Has the loop told whenever room was made; called where the loop is built. */
  void onRelease(EventLoop loop, Runnable reaction) {
    released = loop.signal(reaction);
  }

  /** Returns how many bytes are free; negative while a batch larger than the buffer is in it. */
  long freeBytes() {
    return maxBytes - heldBytes.get();
  }

  boolean isEmpty() {
    return heldBytes.get() == 0;
  }

  /**
   * Takes in a frame on the loop, before its partitions are added.
   *
   * @return false if there is no room for it; an empty buffer has room for any
   */
  boolean admit(FetchedFrame frame) {
    // Only the loop adds: what the other side does meanwhile makes more room.
    long held = heldBytes.get();
    if (held > 0 && held + frame.bytes() > maxBytes) {
      return false;
    }
    heldBytes.addAndGet(frame.bytes());
    return true;
  }

  /** Hands something over; on the loop. */
  void add(Fetched fetched) {
    arrived.add(fetched);
    gate.open();
  }

  /** Has the user told of something that concerns some partitions; on the loop. */
  void tell(Collection<FetchPosition> concerned, Telling telling) {
    for (FetchPosition position : concerned) {
      Fetched.Failed failed = position.failure(telling);
      if (failed != null) {
        add(failed);
      }
    }
  }

  /** Says whether something has arrived that was not taken. Any thread. */
  public boolean hasArrived() {
    return !arrived.isEmpty();
  }

  /** Takes what arrived first, null if nothing has; by the holder of the poll permit. */
  @Nullable Fetched take() {
    Fetched first = arrived.poll();
    if (first != null) {
      taken.incrementAndGet();
    }
    return first;
  }

  /** Returns how often something was taken. Any thread. */
  public long taken() {
    return taken.get();
  }

  /** Frees what batches hold; by the holder of the poll permit, once for each. */
  void release(Fetched.Batches batches) {
    batches.partitionBytes().addAndGet(-batches.bytes().remaining());
    done(batches.frame());
    if (released != null) {
      released.raise();
    }
  }

  /** Frees a frame if nobody uses it any more. */
  void done(FetchedFrame frame) {
    if (frame.done()) {
      heldBytes.addAndGet(-frame.bytes());
    }
  }

  /** Tells on the loop whether there is something to fetch for which there is no room. */
  void starving(boolean now) {
    if (starving != now) {
      starving = now;
      gate.open();
    }
  }

  /** Says whether there is something to fetch for which there is no room. Any thread. */
  public boolean isStarving() {
    return starving;
  }
}

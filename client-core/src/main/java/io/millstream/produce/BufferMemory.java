package io.millstream.produce;

import io.millstream.network.Gate;
import io.millstream.network.Waiting;
import io.millstream.wire.ChunkSource;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory of {@code buffer.memory}: a pool of direct chunks whose sizes are powers of two, and
 * an account of everything that waits to be sent. Callers who find it full wait for a {@link
 * Grant}, and are served in the order in which they came: while somebody waits, nobody else gets
 * any. Any thread may use it; only {@link #await} waits.
 */
final class BufferMemory implements ChunkSource {

  /** The smallest chunk there is. */
  static final int SMALLEST_CHUNK_BYTES = 1024;

  private final long limitBytes;
  private final Waiting waiting;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Deque<ByteBuffer>> idle = new ArrayList<>();
  private final Deque<Grant> waiters = new ArrayDeque<>();
  private final ChunkSource beyondLimit = new BeyondLimit();
  private long takenBytes;
  private long idleBytes;
  private boolean closed;
  private volatile boolean awaited;

  /**
   * Memory that one caller has been promised. It belongs to the thread that waited for it, and
   * whatever is left must be given back by {@link BufferMemory#release(Grant)}.
   */
  static final class Grant {
    private final long bytes;
    private final @Nullable Gate gate;
    private long leftBytes;
    private volatile boolean settled;

    private Grant(long bytes, @Nullable Gate gate) {
      this.bytes = bytes;
      this.gate = gate;
    }

    /** Says whether so much is left of it. */
    boolean covers(long wanted) {
      return wanted <= leftBytes;
    }
  }

  private final class BeyondLimit implements ChunkSource {
    @Override
    public ByteBuffer take(int leastBytes) {
      int bytes = chunkBytes(leastBytes);
      lock.lock();
      try {
        takenBytes += bytes;
      } finally {
        lock.unlock();
      }
      return chunk(bytes);
    }

    @Override
    public void giveBack(ByteBuffer chunk) {
      BufferMemory.this.giveBack(chunk);
    }
  }

  /**
   * Creates a pool that holds nothing yet.
   *
   * @param limitBytes {@code buffer.memory}
   * @param waiting how callers wait
   */
  BufferMemory(long limitBytes, Waiting waiting) {
    this.limitBytes = limitBytes;
    this.waiting = waiting;
    for (int i = 0; i < Integer.SIZE; i++) {
      idle.add(new ArrayDeque<>());
    }
  }

  /** Returns the size of the chunk that is handed out for so many bytes. */
  static int chunkBytes(int leastBytes) {
    int bounded = Math.max(leastBytes, SMALLEST_CHUNK_BYTES);
    int power = Integer.highestOneBit(bounded);
    return power == bounded ? power : Math.multiplyExact(power, 2);
  }

  /** Returns the limit given to the constructor. */
  long limitBytes() {
    return limitBytes;
  }

  /** Returns how much is taken and promised now; work beyond the limit counts. */
  long takenBytes() {
    lock.lock();
    try {
      return takenBytes;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many wait for memory now. */
  int waiters() {
    lock.lock();
    try {
      return waiters.size();
    } finally {
      lock.unlock();
    }
  }

  /** Says whether somebody waits for memory. */
  boolean awaited() {
    return awaited;
  }

  /**
   * Returns a source that always has a chunk. Only for work that frees, soon after, about as much
   * as it takes: compressing, splitting, moving a record to its partition.
   */
  ChunkSource beyondLimit() {
    return beyondLimit;
  }

  @Override
  public @Nullable ByteBuffer take(int leastBytes) {
    int bytes = chunkBytes(leastBytes);
    ByteBuffer kept;
    lock.lock();
    try {
      if (!reserve(bytes)) {
        return null;
      }
      kept = idleChunk(bytes);
    } finally {
      lock.unlock();
    }
    return kept == null ? newChunk(bytes) : kept;
  }

  /** Takes a chunk out of what a caller was promised; null where too little is left of it. */
  @Nullable ByteBuffer take(Grant grant, int leastBytes) {
    int bytes = chunkBytes(leastBytes);
    return spend(grant, bytes) ? chunk(bytes) : null;
  }

  @Override
  public void giveBack(ByteBuffer chunk) {
    int bytes = chunk.capacity();
    chunk.clear();
    lock.lock();
    try {
      takenBytes -= bytes;
      if (takenBytes + idleBytes + bytes <= limitBytes) {
        idle.get(classOf(bytes)).push(chunk);
        idleBytes += bytes;
      }
      serve();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Counts bytes that are held elsewhere, to be given back by {@link #release(long)}.
   *
   * @return false where the memory is full or somebody waits for it
   */
  boolean tryReserve(long bytes) {
    lock.lock();
    try {
      return reserve(bytes);
    } finally {
      lock.unlock();
    }
  }

  private boolean reserve(long bytes) {
    if (!waiters.isEmpty() || takenBytes + bytes > limitBytes) {
      return false;
    }
    takenBytes += bytes;
    return true;
  }

  /** Counts bytes that are held elsewhere against what a caller was promised. */
  boolean spend(Grant grant, long bytes) {
    if (grant.leftBytes < bytes) {
      return false;
    }
    grant.leftBytes -= bytes;
    return true;
  }

  /** Takes back what was counted against a promise. */
  void unspend(Grant grant, long bytes) {
    grant.leftBytes += bytes;
  }

  /** Gives reserved bytes back. */
  void release(long bytes) {
    lock.lock();
    try {
      takenBytes -= bytes;
      serve();
    } finally {
      lock.unlock();
    }
  }

  /** Gives back what is left of a promise. */
  void release(Grant grant) {
    long left = grant.leftBytes;
    grant.leftBytes = 0;
    if (left > 0) {
      release(left);
    }
  }

  /** Promises so much if it is free and nobody waits, else returns null. */
  @Nullable Grant tryGrant(long bytes) {
    if (!tryReserve(bytes)) {
      return null;
    }
    Grant grant = new Grant(bytes, null);
    grant.leftBytes = bytes;
    return grant;
  }

  /**
   * Waits until so much is free, behind those who waited before.
   *
   * @param bytes at most the limit
   * @param deadlineNanos when to give up
   * @param whenAwaited runs before a wait, when {@link #awaited} says so already
   * @return the promise, or null if the deadline came first or the memory was closed
   * @throws InterruptedException if the caller gets interrupted; nothing is promised then
   */
  @Nullable Grant await(long bytes, long deadlineNanos, Runnable whenAwaited)
      throws InterruptedException {
    Grant grant;
    lock.lock();
    try {
      if (closed) {
        return null;
      }
      if (waiters.isEmpty() && takenBytes + bytes <= limitBytes) {
        takenBytes += bytes;
        grant = new Grant(bytes, null);
        grant.leftBytes = bytes;
        return grant;
      }
      grant = new Grant(bytes, waiting.gate());
      waiters.add(grant);
      awaited = true;
    } finally {
      lock.unlock();
    }
    boolean interrupted = true;
    try {
      if (grant.gate != null) {
        whenAwaited.run();
        grant.gate.await(() -> grant.settled, deadlineNanos);
      }
      interrupted = false;
    } finally {
      withdraw(grant, interrupted);
    }
    return grant.leftBytes > 0 ? grant : null;
  }

  private void withdraw(Grant grant, boolean interrupted) {
    lock.lock();
    try {
      // Nothing more is promised to it from here on.
      waiters.remove(grant);
      if (interrupted) {
        takenBytes -= grant.leftBytes;
        grant.leftBytes = 0;
      }
      serve();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waiting, now and later. */
  void close() {
    lock.lock();
    try {
      closed = true;
      for (Grant grant : waiters) {
        settle(grant);
      }
      waiters.clear();
      awaited = false;
    } finally {
      lock.unlock();
    }
  }

  private void serve() {
    Grant next = waiters.peek();
    while (next != null && takenBytes + next.bytes <= limitBytes) {
      waiters.remove();
      takenBytes += next.bytes;
      next.leftBytes = next.bytes;
      settle(next);
      next = waiters.peek();
    }
    awaited = next != null;
  }

  private static void settle(Grant grant) {
    grant.settled = true;
    if (grant.gate != null) {
      grant.gate.open();
    }
  }

  /** A chunk for bytes that are counted already. */
  private ByteBuffer chunk(int bytes) {
    ByteBuffer kept;
    lock.lock();
    try {
      kept = idleChunk(bytes);
    } finally {
      lock.unlock();
    }
    return kept == null ? newChunk(bytes) : kept;
  }

  /** Takes a chunk that was given back, or makes room for a new one and returns null. */
  private @Nullable ByteBuffer idleChunk(int bytes) {
    ByteBuffer kept = idle.get(classOf(bytes)).poll();
    if (kept == null) {
      makeRoom();
    } else {
      idleBytes -= bytes;
    }
    return kept;
  }

  private ByteBuffer newChunk(int bytes) {
    boolean complete = false;
    try {
      ByteBuffer created = ByteBuffer.allocateDirect(bytes);
      complete = true;
      return created;
    } finally {
      if (!complete) {
        release(bytes);
      }
    }
  }

  /** Drops idle chunks of other sizes, so that all together stay within the limit. */
  private void makeRoom() {
    for (int i = idle.size() - 1; i >= 0 && takenBytes + idleBytes > limitBytes; i--) {
      Deque<ByteBuffer> chunks = idle.get(i);
      while (!chunks.isEmpty() && takenBytes + idleBytes > limitBytes) {
        idleBytes -= chunks.pop().capacity();
      }
    }
  }

  private static int classOf(int bytes) {
    return Integer.numberOfTrailingZeros(bytes);
  }
}

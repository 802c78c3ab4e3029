package io.millstream.fetch;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * One answer of a broker, whose bytes stay in memory until the last of its partitions is done with.
 * Any thread.
 */
final class FetchedFrame {

  private final int bytes;
  private final AtomicInteger users = new AtomicInteger(1);

  /** Creates a frame with its reader as the only user. */
  FetchedFrame(int bytes) {
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  void use() {
    users.incrementAndGet();
  }

  /** Says whether that was the last user. */
  boolean done() {
    return users.decrementAndGet() == 0;
  }
}

package io.millstream.fetch;

import org.jspecify.annotations.Nullable;

/**
 * What the event loop tells of fetching one partition. Written by the loop, read by any thread;
 * only that a topic was created again is taken back by the holder of the poll permit.
 */
public final class FetchReport {

  /** In place of an offset that is not known. */
  public static final long UNKNOWN = -1;

  private volatile long highWatermark = UNKNOWN;

  private volatile @Nullable String obstacle;

  private volatile boolean recreated;

  /** Creates a report that says nothing yet. */
  public FetchReport() {}

  /** Returns the offset after the last record that can be read, or {@link #UNKNOWN}. */
  public long highWatermark() {
    return highWatermark;
  }

  /** Returns why the position is not known yet, as the end of a sentence; null for no reason. */
  public @Nullable String obstacle() {
    return obstacle;
  }

  void obstacle(@Nullable String text) {
    obstacle = text;
  }

  /**
   * The topic was deleted and created again: positions up to the next move mean nothing in the one
   * that is there.
   */
  void recreated(boolean now) {
    recreated = now;
  }

  boolean recreated() {
    return recreated;
  }

  void fetched(long newHighWatermark) {
    if (newHighWatermark >= 0) {
      highWatermark = newHighWatermark;
    }
  }
}

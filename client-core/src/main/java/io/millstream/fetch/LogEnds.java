package io.millstream.fetch;

/**
 * What the latest fetch said about the ends of a partition's log. Written by the event loop, read
 * by any thread.
 */
public final class LogEnds {

  /** In place of an offset that is not known. */
  public static final long UNKNOWN = -1;

  private volatile long highWatermark = UNKNOWN;

  /** Creates ends that are not known yet. */
  public LogEnds() {}

  /** Returns the offset after the last record that can be read, or {@link #UNKNOWN}. */
  public long highWatermark() {
    return highWatermark;
  }

  void fetched(long newHighWatermark) {
    if (newHighWatermark >= 0) {
      highWatermark = newHighWatermark;
    }
  }
}

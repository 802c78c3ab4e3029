package io.millstream.network;

import java.util.concurrent.TimeUnit;

/** Durations as text for logs and errors. */
public final class Durations {

  private Durations() {}

  /** Returns a duration as whole milliseconds or, from ten seconds on, seconds. */
  public static String text(long nanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
    return millis >= 10_000 && millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}

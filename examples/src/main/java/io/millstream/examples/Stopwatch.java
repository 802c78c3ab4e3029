package io.millstream.examples;

/** Time from the first tick to the last. Guarded by its owner. */
final class Stopwatch {

  private boolean started;
  private long firstNanos;
  private long lastNanos;

  void tick() {
    lastNanos = System.nanoTime();
    if (!started) {
      started = true;
      firstNanos = lastNanos;
    }
  }

  double seconds() {
    return Math.max(1e-3, (lastNanos - firstNanos) / 1e9);
  }
}

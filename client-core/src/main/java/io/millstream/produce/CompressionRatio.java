package io.millstream.produce;

/**
 * How well the records of one topic compress, as a running estimate: it follows a worse batch at
 * once and a better one slowly, since a batch that turns out too large costs more than one that
 * could have been larger. Any thread may use it; an update lost to another is no harm.
 */
final class CompressionRatio {

  private static final double WEIGHT_OF_BETTER = 0.1;
  private static final double SMALLEST = 0.01;

  private volatile double ratio = 1.0;

  /** Returns compressed bytes per raw byte, more than 0 and at most 1. */
  double ratio() {
    return ratio;
  }

  /** Takes over what became of one batch. */
  void observe(int rawBytes, int compressedBytes) {
    double observed = (double) compressedBytes / rawBytes;
    double before = ratio;
    double next = observed > before ? observed : before + WEIGHT_OF_BETTER * (observed - before);
    ratio = Math.max(SMALLEST, Math.min(1.0, next));
  }
}

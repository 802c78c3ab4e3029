package io.millstream.benchmarks.producer;

/**
 * What a ratio is to be.
 *
 * @param figure of which the ratio is taken
 * @param limit what it may be
 * @param atLeast whether more is better
 */
record Target(Figure figure, double limit, boolean atLeast) {

  static Target atMost(Figure figure, double limit) {
    return new Target(figure, limit, false);
  }

  static Target atLeast(Figure figure, double limit) {
    return new Target(figure, limit, true);
  }

  boolean reachedBy(double ratio) {
    return atLeast ? ratio >= limit : ratio <= limit;
  }

  @Override
  public String toString() {
    return (atLeast ? "≥ " : "≤ ") + limit;
  }
}

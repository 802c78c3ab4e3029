package io.millstream.benchmarks.producer;

import io.millstream.benchmarks.producer.Workload.Kind;

/**
 * How long measurements take.
 *
 * @param recordsBefore records of 100 bytes that are sent at least before measuring, for the JIT to
 *     settle
 * @param recordsMeasured records of 100 bytes that are sent while measuring
 * @param pacedSeconds how long a paced measurement lasts
 * @param idleSeconds how long an idle producer is looked at
 * @param rounds how often each client is measured
 */
record Mode(
    String name,
    long recordsBefore,
    long recordsMeasured,
    int pacedSeconds,
    int idleSeconds,
    int rounds) {

  /** Shows that a row can be measured; its figures mean nothing. */
  private static final Mode TRIAL = new Mode("trial", 200_000, 200_000, 2, 2, 1);

  private static final Mode QUICK = new Mode("quick", 3_000_000, 2_000_000, 5, 10, 5);
  private static final Mode FULL = new Mode("full", 10_000_000, 10_000_000, 20, 60, 5);

  /** A topic of a real broker, and of five thousand partitions, takes less. */
  private static final int SLOW_DIVISOR = 5;

  private static final int SLOW_PARTITIONS = 100;

  /** Large values take half: half as many calls are enough for the JIT. */
  private static final int LARGE_DIVISOR = 2;

  private static final int LARGE_BYTES = 1_000;

  /** A slow codec takes a tenth. */
  private static final int GZIP_DIVISOR = 10;

  static Mode named(String name) {
    return switch (name) {
      case "trial" -> TRIAL;
      case "quick" -> QUICK;
      case "full" -> FULL;
      default ->
          throw new IllegalArgumentException("the mode is trial, quick or full, not " + name);
    };
  }

  long recordsBefore(Row row, Workload workload) {
    return records(recordsBefore, row, workload);
  }

  long recordsMeasured(Row row, Workload workload) {
    return records(recordsMeasured, row, workload);
  }

  private static long records(long usual, Row row, Workload workload) {
    long records = workload.valueBytes() < LARGE_BYTES ? usual : usual / LARGE_DIVISOR;
    if (workload.kind() == Kind.PACED) {
      // The rest of the warming up is paced.
      return records / SLOW_DIVISOR;
    }
    if (workload.codec().equals("gzip")) {
      return records / GZIP_DIVISOR;
    }
    return row.onSink() && workload.partitions() < SLOW_PARTITIONS
        ? records
        : records / SLOW_DIVISOR;
  }
}

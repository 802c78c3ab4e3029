package io.millstream.benchmarks.sink;

/**
 * What a sink has taken in since it was started.
 *
 * @param cpuNanos its processor time
 * @param bytes all that came in, sizes of frames included
 * @param requests produce requests
 * @param batches record batches
 * @param batchBytes bytes of the record batches, as sent
 * @param records records in the batches
 */
public record SinkCount(
    long cpuNanos, long bytes, long requests, long batches, long batchBytes, long records) {

  /** A count of nothing. */
  public static final SinkCount ZERO = new SinkCount(0, 0, 0, 0, 0, 0);

  private static final String PREFIX = "count ";

  /** Returns what was taken in since an earlier count. */
  public SinkCount since(SinkCount earlier) {
    return new SinkCount(
        cpuNanos - earlier.cpuNanos,
        bytes - earlier.bytes,
        requests - earlier.requests,
        batches - earlier.batches,
        batchBytes - earlier.batchBytes,
        records - earlier.records);
  }

  String line() {
    return PREFIX
        + "%d %d %d %d %d %d".formatted(cpuNanos, bytes, requests, batches, batchBytes, records);
  }

  static SinkCount parse(String line) {
    if (!line.startsWith(PREFIX)) {
      throw new IllegalArgumentException("not a count: " + line);
    }
    String[] parts = line.substring(PREFIX.length()).split(" ", -1);
    return new SinkCount(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        Long.parseLong(parts[4]),
        Long.parseLong(parts[5]));
  }
}

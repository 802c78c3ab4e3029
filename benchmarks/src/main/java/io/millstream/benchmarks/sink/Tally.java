package io.millstream.benchmarks.sink;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Counts what all connections take in. For the thread of the selector alone. */
final class Tally {

  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private long bytes;
  private long requests;
  private long batches;
  private long batchBytes;
  private long records;

  void received(int count) {
    bytes += count;
  }

  void request() {
    requests++;
  }

  void batch(int size, int recordCount) {
    batches++;
    batchBytes += size;
    records += recordCount;
  }

  SinkCount now() {
    return new SinkCount(
        process.getProcessCpuTime(), bytes, requests, batches, batchBytes, records);
  }
}

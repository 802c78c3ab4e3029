package io.millstream.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a piece of work took of the whole process: all threads, collecting garbage included.
 *
 * @param wallNanos time that passed
 * @param cpuNanos time of processors
 * @param allocatedBytes by threads that live when the work is done
 */
record Cost(long wallNanos, long cpuNanos, long allocatedBytes) {

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Some work. */
  interface Work {
    void run();
  }

  static Cost of(Work work) {
    long allocated = allocatedSoFar();
    long cpu = PROCESS.getProcessCpuTime();
    long wall = System.nanoTime();
    work.run();
    return new Cost(
        System.nanoTime() - wall, PROCESS.getProcessCpuTime() - cpu, allocatedSoFar() - allocated);
  }

  private static long allocatedSoFar() {
    long sum = 0;
    for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  /** Returns the value in the middle of one figure of several costs. */
  static double median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
    double[] sorted = costs.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}

package io.millstream.benchmarks.producer;

import static io.millstream.benchmarks.producer.Target.atLeast;
import static io.millstream.benchmarks.producer.Target.atMost;

import io.millstream.benchmarks.producer.Workload.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Two workloads that are measured in turn, and what the first is to cost beside the second.
 *
 * @param name by which it is asked for
 * @param title what it says in the table
 * @param left the one that is judged
 * @param right what it is held against
 * @param onSink whether it runs against the sink, else against a real broker
 * @param targets what to reach
 */
record Row(String name, String title, Side left, Side right, boolean onSink, List<Target> targets) {

  /**
   * A client and what it does.
   *
   * @param client the library
   * @param workload what it is given to do
   */
  record Side(Client client, Workload workload) {}

  private static final int LARGE_BATCH_BYTES = 128 * 1024;
  private static final int PARTITIONS_MANY = 5_000;
  private static final int THREADS_MANY = 4;

  /** Returns all rows, in the order of the table. */
  static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    Workload burst = Workload.of(Kind.BURST, 100);
    Target allocated = atMost(Figure.ALLOCATED, 0.25);
    Target wire = atMost(Figure.WIRE_BYTES, 1.02);
    Target rate = atLeast(Figure.RECORDS_PER_SECOND, 1.5);
    Target cpu = atMost(Figure.CPU, 0.40);
    rows.add(both("100-bytes", "100 B", burst, cpu, rate, allocated, wire));
    rows.add(
        both("1000-bytes", "1,000 B", Workload.of(Kind.BURST, 1_000), cpu, rate, allocated, wire));
    for (String codec : List.of("lz4", "zstd")) {
      rows.add(
          both(
              codec,
              codec + ", 100 B, batch.size 131072",
              burst.with("compression.type", codec).with("batch.size", LARGE_BATCH_BYTES),
              atMost(Figure.CPU_NET, 0.50),
              allocated,
              wire));
    }
    for (String codec : List.of("snappy", "gzip")) {
      rows.add(
          both(
              codec,
              codec + ", 100 B, batch.size 131072",
              burst.with("compression.type", codec).with("batch.size", LARGE_BATCH_BYTES),
              allocated,
              wire));
    }
    rows.add(ours("threads", "4 threads ÷ 1", burst.withThreads(THREADS_MANY), burst, 1.25));
    rows.add(
        ours(
            "threads-keyed",
            "4 threads ÷ 1, keyed",
            burst.withThreads(THREADS_MANY).withKeys(),
            burst.withKeys(),
            1.25));
    Workload manyKeys = burst.withKeys().with("linger.ms", 20);
    rows.add(
        ours(
            "partitions-5000",
            "5,000 partitions ÷ 6, keyed, linger.ms 20",
            manyKeys.withPartitions(PARTITIONS_MANY),
            manyKeys,
            2.5));
    Workload paced = Workload.of(Kind.PACED, 100);
    for (int linger : new int[] {0, 5}) {
      rows.add(
          both(
              "paced-linger-" + linger,
              "2,000 records/s, linger.ms " + linger,
              paced.with("linger.ms", linger),
              atMost(Figure.LATENCY_50, 1.0),
              atMost(Figure.PACED_CPU, 0.5)));
    }
    rows.add(
        both(
            "paced-defaults",
            "2,000 records/s, defaults",
            paced,
            atMost(Figure.LATENCY_50, 0.5),
            atMost(Figure.LATENCY_99, 0.7),
            atMost(Figure.PACED_CPU, 0.75)));
    for (int fixed : new int[] {0, 5}) {
      for (int pace : new int[] {100, 2_000, 50_000}) {
        rows.add(linger(fixed, "" + pace, paced.withPace(pace)));
      }
      rows.add(linger(fixed, "unlimited", burst));
    }
    rows.add(
        both(
            "first-record",
            "first record",
            Workload.of(Kind.FIRST_RECORD, 100),
            atMost(Figure.START_MILLIS, 0.60)));
    rows.add(both("idle", "idle", Workload.of(Kind.IDLE, 100), atMost(Figure.IDLE_CPU, 0.25)));
    for (String name :
        List.of(
            "100-bytes",
            "1000-bytes",
            "lz4",
            "zstd",
            "paced-linger-0",
            "paced-linger-5",
            "paced-defaults",
            "first-record")) {
      rows.stream()
          .filter(row -> row.name.equals(name))
          .findFirst()
          .ifPresent(row -> rows.add(row.onRealBroker()));
    }
    return List.copyOf(rows);
  }

  static Row named(String name) {
    return all().stream()
        .filter(row -> row.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no row is called " + name));
  }

  private static Row both(String name, String title, Workload workload, Target... targets) {
    return new Row(
        name,
        title,
        new Side(Client.MILLSTREAM, workload),
        new Side(Client.APACHE, workload),
        true,
        Arrays.asList(targets));
  }

  private static Row ours(
      String name, String title, Workload left, Workload right, double cpuLimit) {
    return new Row(
        name,
        title,
        new Side(Client.MILLSTREAM, left),
        new Side(Client.MILLSTREAM, right),
        true,
        List.of(atMost(Figure.CPU, cpuLimit)));
  }

  /** The adaptive linger beside a fixed one, both ours. */
  private static Row linger(int fixedMillis, String pace, Workload workload) {
    return new Row(
        "linger-%d-%s".formatted(fixedMillis, pace),
        "linger adaptive ÷ %d ms, %s records/s".formatted(fixedMillis, pace),
        new Side(Client.MILLSTREAM, workload),
        new Side(Client.MILLSTREAM, workload.with("linger.ms", fixedMillis)),
        true,
        List.of());
  }

  private Row onRealBroker() {
    return new Row("real-" + name, title + ", real broker", left, right, false, targets);
  }

  Side side(boolean isLeft) {
    return isLeft ? left : right;
  }
}

package io.millstream.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends the same records with both producers, in turns, to one real broker, and prints what each
 * took: CPU time of this process and bytes allocated by all of its threads, per record. Arguments:
 * records a round, bytes a value, codec, rounds.
 */
public final class ProducerComparison {

  private static final int PARTITIONS = 6;

  private final int records;
  private final byte[] value;
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private interface Client extends AutoCloseable {
    void send(byte[] key, byte[] value);

    void flush();

    @Override
    void close();
  }

  private record Cost(double cpuMicros, double bytes, double recordsPerSecond) {}

  private ProducerComparison(int records, int valueBytes) {
    this.records = records;
    // Compresses about as well as text does.
    this.value = new byte[valueBytes];
    for (int i = 0; i < valueBytes; i++) {
      value[i] = (byte) ("event-log ".charAt(i % 10) + (i * 31 % 7));
    }
  }

  /**
   * Runs the comparison.
   *
   * @param arguments records a round, bytes a value, codec, rounds; all may be left out
   */
  public static void main(String[] arguments) throws Exception {
    int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500_000;
    int valueBytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
    String codec = arguments.length > 2 ? arguments[2] : "none";
    int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
    try (KafkaCluster cluster = KafkaCluster.builder(KafkaVersion.V4_4_0).start()) {
      new ProducerComparison(records, valueBytes).run(cluster.bootstrapServers(), codec, rounds);
    }
  }

  private void run(String servers, String codec, int rounds) throws Exception {
    try (org.apache.kafka.clients.admin.Admin admin =
        org.apache.kafka.clients.admin.Admin.create(
            Map.<String, Object>of("bootstrap.servers", servers))) {
      admin
          .createTopics(
              Arrays.asList(
                  new org.apache.kafka.clients.admin.NewTopic("ours", PARTITIONS, (short) 1),
                  new org.apache.kafka.clients.admin.NewTopic("apache", PARTITIONS, (short) 1)))
          .all()
          .get();
    }
    for (int round = 1; round <= rounds; round++) {
      print("millstream", round, measure(ours(servers, codec)));
      print("apache", round, measure(apache(servers, codec)));
    }
  }

  private static void print(String client, int round, Cost cost) {
    System.out.printf(
        Locale.ROOT,
        "%-10s  round %d  %6.3f CPU µs/record  %7.1f bytes allocated/record  %,9.0f records/s%n",
        client,
        round,
        cost.cpuMicros(),
        cost.bytes(),
        cost.recordsPerSecond());
  }

  private Cost measure(Client client) {
    acknowledged.set(0);
    failed.set(0);
    try (client) {
      byte[] first = new byte[8];
      client.send(first, value);
      client.flush();
      long begin = System.nanoTime();
      long cpuNanos = process.getProcessCpuTime();
      long bytes = allocated();
      byte[] key = new byte[8];
      for (int i = 0; i < records; i++) {
        key[0] = (byte) i;
        key[1] = (byte) (i >> 8);
        client.send(key, value);
      }
      client.flush();
      double count = records;
      Cost cost =
          new Cost(
              (process.getProcessCpuTime() - cpuNanos) / 1_000.0 / count,
              (allocated() - bytes) / count,
              count * 1e9 / (System.nanoTime() - begin));
      if (acknowledged.get() != records + 1 || failed.get() != 0) {
        throw new IllegalStateException(acknowledged + " acknowledged, " + failed + " failed");
      }
      return cost;
    }
  }

  private long allocated() {
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  private void told(@Nullable Exception exception) {
    (exception == null ? acknowledged : failed).incrementAndGet();
  }

  private static Map<String, Object> settings(String servers, String codec) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", servers);
    settings.put("compression.type", codec);
    settings.put("linger.ms", 5);
    return settings;
  }

  private Client ours(String servers, String codec) {
    io.millstream.clients.producer.KafkaProducer<byte[], byte[]> producer =
        new io.millstream.clients.producer.KafkaProducer<>(
            settings(servers, codec),
            new io.millstream.common.serialization.ByteArraySerializer(),
            new io.millstream.common.serialization.ByteArraySerializer());
    return new Client() {
      @Override
      public void send(byte[] key, byte[] value) {
        producer.send(
            new io.millstream.clients.producer.ProducerRecord<>("ours", key, value),
            (metadata, exception) -> told(exception));
      }

      @Override
      public void flush() {
        producer.flush();
      }

      @Override
      public void close() {
        producer.close();
      }
    };
  }

  private Client apache(String servers, String codec) {
    org.apache.kafka.clients.producer.KafkaProducer<byte[], byte[]> producer =
        new org.apache.kafka.clients.producer.KafkaProducer<>(
            settings(servers, codec),
            new org.apache.kafka.common.serialization.ByteArraySerializer(),
            new org.apache.kafka.common.serialization.ByteArraySerializer());
    return new Client() {
      @Override
      public void send(byte[] key, byte[] value) {
        producer.send(
            new org.apache.kafka.clients.producer.ProducerRecord<>("apache", key, value),
            (metadata, exception) -> told(exception));
      }

      @Override
      public void flush() {
        producer.flush();
      }

      @Override
      public void close() {
        producer.close();
      }
    };
  }
}

package io.millstream.benchmarks;

import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Reads the same records with this library and with Apache's client by turns, from a real broker,
 * and prints what a record takes. First argument: how many records; 1,000,000 if there is none.
 */
public final class ConsumerComparison {

  private static final int PARTITIONS = 6;
  private static final int VALUE_BYTES = 100;
  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 5;
  private static final Duration POLL = Duration.ofSeconds(1);

  private final String bootstrapServers;
  private final int records;

  private ConsumerComparison(String bootstrapServers, int records) {
    this.bootstrapServers = bootstrapServers;
    this.records = records;
  }

  /** Runs the comparison. */
  public static void main(String[] arguments) throws Exception {
    int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    try (KafkaCluster cluster = KafkaCluster.builder(KafkaVersion.V4_4_0).brokers(1).start()) {
      ConsumerComparison comparison = new ConsumerComparison(cluster.bootstrapServers(), records);
      System.out.printf(
          Locale.ROOT,
          "%,d records with values of %d bytes in %d partitions; medians of %d rounds%n%n",
          records,
          VALUE_BYTES,
          PARTITIONS,
          ROUNDS);
      System.out.println("| codec | client | records/s | CPU ns/record | bytes allocated/record |");
      System.out.println("| --- | --- | --- | --- | --- |");
      for (String codec : List.of("none", "lz4", "zstd")) {
        comparison.fill(codec);
        comparison.compare(codec);
      }
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("enable.auto.commit", false);
    return settings;
  }

  private void fill(String topic) throws ExecutionException, InterruptedException {
    Map<String, Object> settings = settings();
    settings.put("compression.type", topic);
    settings.put("linger.ms", 20);
    settings.put("batch.size", 65_536);
    // Right after its creation a partition may refuse the first batch and take the second, and then
    // Apache's idempotent producer never gets the first one in.
    settings.put("enable.idempotence", false);
    settings.put("max.in.flight.requests.per.connection", 1);
    settings.remove("enable.auto.commit");
    try (Admin admin = Admin.create(settings());
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
      for (int i = 0; i < records; i++) {
        // Compresses to about a third.
        String value = "%08d %08x ".formatted(i, i * 0x9E3779B9);
        producer.send(
            new ProducerRecord<>(
                topic,
                i % PARTITIONS,
                String.valueOf(i),
                value.repeat(VALUE_BYTES / value.length() + 1).substring(0, VALUE_BYTES)));
      }
      producer.flush();
    }
  }

  private void compare(String topic) {
    List<Cost> ours = new ArrayList<>();
    List<Cost> theirs = new ArrayList<>();
    for (int round = -WARM_UPS; round < ROUNDS; round++) {
      Cost our = ours(topic);
      Cost their = theirs(topic);
      if (round >= 0) {
        ours.add(our);
        theirs.add(their);
      }
    }
    print(topic, "Millstream", ours);
    print(topic, "Apache", theirs);
  }

  private void print(String codec, String client, List<Cost> costs) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %,.0f | %.0f | %.0f |%n",
        codec,
        client,
        records / (Cost.median(costs, Cost::wallNanos) / 1e9),
        Cost.median(costs, Cost::cpuNanos) / records,
        Cost.median(costs, Cost::allocatedBytes) / records);
  }

  private Cost ours(String topic) {
    try (io.millstream.clients.consumer.KafkaConsumer<String, String> consumer =
        new io.millstream.clients.consumer.KafkaConsumer<>(
            settings(),
            new io.millstream.common.serialization.StringDeserializer(),
            new io.millstream.common.serialization.StringDeserializer())) {
      List<io.millstream.common.TopicPartition> partitions =
          IntStream.range(0, PARTITIONS)
              .mapToObj(i -> new io.millstream.common.TopicPartition(topic, i))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return Cost.of(
          () -> {
            int left = records;
            while (left > 0) {
              left -= consumer.poll(POLL).count();
            }
          });
    }
  }

  private Cost theirs(String topic) {
    try (org.apache.kafka.clients.consumer.KafkaConsumer<String, String> consumer =
        new org.apache.kafka.clients.consumer.KafkaConsumer<>(
            settings(),
            new org.apache.kafka.common.serialization.StringDeserializer(),
            new org.apache.kafka.common.serialization.StringDeserializer())) {
      List<org.apache.kafka.common.TopicPartition> partitions =
          IntStream.range(0, PARTITIONS)
              .mapToObj(i -> new org.apache.kafka.common.TopicPartition(topic, i))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return Cost.of(
          () -> {
            int left = records;
            while (left > 0) {
              left -= consumer.poll(POLL).count();
            }
          });
    }
  }
}

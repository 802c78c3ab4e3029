package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.common.PartitionInfo;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records without a key and three real brokers, one of which stands still or is far away. */
@Timeout(240)
class PartitioningIT {

  private static final int PARTITIONS = 6;
  private static final int FROZEN = 2;

  private static KafkaCluster cluster;

  /** Frozen for some seconds, a broker keeps what it leads. */
  @BeforeAll
  static void start() {
    cluster =
        KafkaCluster.builder(KafkaVersion.V4_4_0)
            .brokers(3)
            .racks("near", "near", "far")
            .property("broker.session.timeout.ms", "60000")
            .start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private final ApacheSide apache = new ApacheSide(cluster.bootstrapServers());
  private final ConcurrentLinkedQueue<RecordMetadata> acknowledged = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
  private int sent;

  private static KafkaProducer<String, String> producer(Object... settings) {
    Map<String, Object> all = new HashMap<>();
    all.put("bootstrap.servers", cluster.bootstrapServers());
    all.put("batch.size", 4_000);
    for (int i = 0; i < settings.length; i += 2) {
      all.put((String) settings[i], settings[i + 1]);
    }
    return new KafkaProducer<>(all, new TextSerializer(), new TextSerializer());
  }

  /** Sends until so many have been acknowledged since the call, some thousands a second. */
  private void sendUntilAcknowledged(
      KafkaProducer<String, String> producer, String topic, int more) {
    int enough = acknowledged.size() + more;
    while (acknowledged.size() < enough) {
      producer.send(
          new ProducerRecord<>(topic, sent++ + " " + "x".repeat(500)),
          (metadata, exception) -> {
            if (exception == null) {
              acknowledged.add(metadata);
            } else {
              failures.add(exception);
            }
          });
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
    }
  }

  private static Set<Integer> ledBy(KafkaProducer<?, ?> producer, String topic, int broker) {
    Set<Integer> led = new TreeSet<>();
    for (PartitionInfo partition : producer.partitionsFor(topic)) {
      if (partition.leader().id() == broker) {
        led.add(partition.partition());
      }
    }
    return led;
  }

  private void assertAllIsThereOnce(String topic) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < sent; i++) {
      expected.add(i + " " + "x".repeat(500));
    }
    List<String> found = new ArrayList<>();
    apache
        .readAll(topic, sent)
        .values()
        .forEach(records -> records.forEach(record -> found.add(record.value())));
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void recordsWithoutKeyGoElsewhereWhileABrokerStandsStill() throws Exception {
    String topic = "frozen";
    apache.createTopic(topic, PARTITIONS, 1, Map.of());
    try (KafkaProducer<String, String> producer =
        producer("partitioner.availability.timeout.ms", 300)) {
      Set<Integer> frozen = ledBy(producer, topic, FROZEN);
      assertThat(frozen).isNotEmpty().hasSizeLessThan(PARTITIONS);
      sendUntilAcknowledged(producer, topic, 3_000);
      assertThat(acknowledged).anyMatch(metadata -> frozen.contains(metadata.partition()));

      cluster.broker(FROZEN).freeze();
      int pendingAtFirst;
      int pendingAtLast;
      try {
        sendUntilAcknowledged(producer, topic, 8_000);
        pendingAtFirst = sent - acknowledged.size();
        sendUntilAcknowledged(producer, topic, 8_000);
        pendingAtLast = sent - acknowledged.size();
      } finally {
        cluster.broker(FROZEN).resume();
      }
      // What waits for the frozen broker does not become more; some is on its way to the others.
      assertThat(pendingAtFirst).isPositive();
      assertThat(pendingAtLast).isLessThan(pendingAtFirst + 500);

      producer.flush();
      acknowledged.clear();
      sendUntilAcknowledged(producer, topic, 10_000);
      assertThat(acknowledged).anyMatch(metadata -> frozen.contains(metadata.partition()));
    }
    assertThat(failures).isEmpty();
    assertAllIsThereOnce(topic);
  }

  @Test
  void frozenBrokerGetsAFewOfTheRecordsWithoutATimeout() throws Exception {
    String topic = "slow";
    apache.createTopic(topic, PARTITIONS, 1, Map.of());
    try (KafkaProducer<String, String> producer = producer()) {
      sendUntilAcknowledged(producer, topic, 3_000);
      cluster.broker(FROZEN).freeze();
      int pending;
      try {
        sendUntilAcknowledged(producer, topic, 12_000);
        pending = sent - acknowledged.size();
      } finally {
        cluster.broker(FROZEN).resume();
      }
      // A third of all would be 6,000 to it while the others take 12,000.
      assertThat(pending).isBetween(1, 3_000);
    }
    assertThat(failures).isEmpty();
    assertAllIsThereOnce(topic);
  }

  @Test
  void recordsWithoutKeyStayInTheRackOfTheClient() throws Exception {
    String topic = "racks";
    apache.createTopic(topic, PARTITIONS, 1, Map.of());
    try (KafkaProducer<String, String> producer =
        producer("partitioner.rack.aware", true, "client.rack", "near")) {
      sendUntilAcknowledged(producer, topic, 5_000);
      Set<Integer> used = new TreeSet<>();
      acknowledged.forEach(metadata -> used.add(metadata.partition()));
      Set<Integer> near = ledBy(producer, topic, 1);
      near.addAll(ledBy(producer, topic, 2));
      assertThat(ledBy(producer, topic, 3)).isNotEmpty();
      assertThat(used).isEqualTo(near);
    }
  }
}

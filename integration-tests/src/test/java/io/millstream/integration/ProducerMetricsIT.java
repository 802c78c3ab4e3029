package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.common.serialization.ByteArraySerializer;
import io.millstream.testing.KafkaClusterExtension;
import io.millstream.testing.KafkaVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The metrics of a producer are those of Apache's after the same work against the same broker. */
class ProducerMetricsIT {

  @RegisterExtension
  static final KafkaClusterExtension KAFKA = KafkaClusterExtension.shared(KafkaVersion.V4_4_0);

  private static final int RECORDS = 200;
  private static final int VALUE_BYTES = 100;
  private static final int LARGEST_BATCH_BYTES = 1_000;

  /** Names that are left out, with the reason; none so far. */
  private static final Map<String, String> LEFT_OUT = Map.of();

  /** Values by group, name and the keys of the tags; of the topic and the broker alone. */
  private final Map<String, Object> theirs = new TreeMap<>();

  private final Map<String, Object> ours = new TreeMap<>();

  private final ApacheSide apache = new ApacheSide(KAFKA.bootstrapServers());

  private static Map<String, Object> settings(String clientId) {
    Map<String, Object> all = new HashMap<>();
    all.put("bootstrap.servers", KAFKA.bootstrapServers());
    all.put("client.id", clientId);
    all.put("linger.ms", "60000");
    all.put("enable.metrics.push", "false");
    return all;
  }

  private static String key(String group, String name, Map<String, String> tags) {
    return group + " " + name + " " + new TreeSet<>(tags.keySet());
  }

  private void runApaches(String topic, String small) throws Exception {
    Map<String, Object> settings = settings("apaches");
    settings.put("key.serializer", org.apache.kafka.common.serialization.ByteArraySerializer.class);
    settings.put(
        "value.serializer", org.apache.kafka.common.serialization.ByteArraySerializer.class);
    try (var producer =
        new org.apache.kafka.clients.producer.KafkaProducer<byte[], byte[]>(settings)) {
      for (int i = 0; i < RECORDS; i++) {
        send(producer, topic, VALUE_BYTES);
        if (i % 2 == 1) {
          producer.flush();
        }
      }
      send(producer, small, 700);
      send(producer, small, 700);
      producer.flush();
      send(producer, small, 2 * LARGEST_BATCH_BYTES);
      producer.flush();
      send(producer, small, 2 << 20);
      producer
          .metrics()
          .forEach(
              (name, metric) -> {
                if (concerns(name.tags(), topic)) {
                  theirs.put(key(name.group(), name.name(), name.tags()), metric.metricValue());
                }
              });
    }
  }

  private static void send(
      org.apache.kafka.clients.producer.KafkaProducer<byte[], byte[]> producer,
      String topic,
      int bytes) {
    producer.send(
        new org.apache.kafka.clients.producer.ProducerRecord<>(
            topic, 0, 1_700_000_000_000L, new byte[4], new byte[bytes]));
  }

  private void runOurs(String topic, String small) throws Exception {
    Map<String, Object> settings = settings("ours");
    settings.put("key.serializer", ByteArraySerializer.class);
    settings.put("value.serializer", ByteArraySerializer.class);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
      for (int i = 0; i < RECORDS; i++) {
        send(producer, topic, VALUE_BYTES);
        if (i % 2 == 1) {
          producer.flush();
        }
      }
      send(producer, small, 700);
      send(producer, small, 700);
      producer.flush();
      send(producer, small, 2 * LARGEST_BATCH_BYTES);
      producer.flush();
      send(producer, small, 2 << 20);
      producer
          .metrics()
          .forEach(
              (name, metric) -> {
                if (concerns(name.tags(), topic)) {
                  ours.put(key(name.group(), name.name(), name.tags()), metric.metricValue());
                }
              });
    }
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String topic, int bytes) {
    producer.send(new ProducerRecord<>(topic, 0, 1_700_000_000_000L, new byte[4], new byte[bytes]));
  }

  private static boolean concerns(Map<String, String> tags, String topic) {
    boolean bootstrap = tags.getOrDefault("node-id", "").startsWith("node--");
    return !bootstrap && tags.getOrDefault("topic", topic).equals(topic);
  }

  private double their(String name) {
    return ((Number) theirs.get("producer-metrics " + name + " [client-id]")).doubleValue();
  }

  private double our(String name) {
    return ((Number) ours.get("producer-metrics " + name + " [client-id]")).doubleValue();
  }

  private void assertSame(String name, double expected) {
    assertThat(their(name)).as("Apache's %s", name).isEqualTo(expected);
    assertThat(our(name)).as("our %s", name).isEqualTo(expected);
  }

  private void assertTopicsAgree(String name, double expected) {
    String key = "producer-topic-metrics " + name + " [client-id, topic]";
    assertThat(theirs).containsEntry(key, expected);
    assertThat(ours).containsEntry(key, expected);
  }

  @Test
  void namesGroupsTagsAndWhatWasCountedAreApaches() throws Exception {
    String topic = "metrics";
    String small = "metrics-small";
    apache.createTopic(topic, 1, 1, Map.of());
    apache.createTopic(
        small, 1, 1, Map.of("max.message.bytes", Integer.toString(LARGEST_BATCH_BYTES)));
    runApaches(topic, small);
    runOurs(topic, small);

    Set<String> expected = new TreeSet<>(theirs.keySet());
    expected.removeAll(LEFT_OUT.keySet());
    assertThat(ours.keySet()).isEqualTo(expected);
    assertThat(theirs.keySet()).containsAll(LEFT_OUT.keySet());
    theirs.forEach(
        (key, value) -> {
          if (!LEFT_OUT.containsKey(key)) {
            assertThat(ours.get(key)).as(key).isInstanceOf(value.getClass());
          }
        });

    // The two that are too large together leave once more with each split; Apache's client needs
    // two of them, since the parts of its first one are as large as batch.size.
    assertThat(our("batch-split-total")).isEqualTo(1);
    assertThat(their("batch-split-total")).isEqualTo(2);
    assertThat(our("record-send-total")).isEqualTo(RECORDS + 3 + 2);
    assertThat(their("record-send-total")).isEqualTo(RECORDS + 3 + 2 * 2);
    assertSame("record-error-total", 2);
    assertSame("record-retry-total", 0);
    assertSame("buffer-total-bytes", 32 << 20);
    assertThat(our("buffer-available-bytes")).isEqualTo(32 << 20);
    // Its memory comes back a moment after the callers hear.
    assertThat(their("buffer-available-bytes")).isBetween(31.0 * (1 << 20), 32.0 * (1 << 20));
    assertThat(our("requests-in-flight")).isZero();
    assertSame("buffer-exhausted-total", 0);
    assertSame("compression-rate-avg", 1);
    assertTopicsAgree("record-send-total", RECORDS);
    assertTopicsAgree("record-error-total", 0);
    assertTopicsAgree("compression-rate", 1);
    String bytes = "producer-topic-metrics byte-total [client-id, topic]";
    assertThat(ours.get(bytes)).isEqualTo(theirs.get(bytes));
    for (String name : List.of("batch-size-avg", "batch-size-max")) {
      // Its second split makes for one large batch more.
      assertThat(our(name)).as(name).isCloseTo(their(name), Percentage.withPercentage(5));
    }
    // Apache's client also counts a request of no records where it looks and finds none to send,
    // which may be any number of times.
    assertThat(our("records-per-request-avg"))
        .isCloseTo((RECORDS + 5) / (RECORDS / 2.0 + 4), within(0.01));
    assertThat(their("records-per-request-avg")).isPositive().isLessThan(2.0);
    // Apache counts what a record could take at most, and the header of its batch.
    assertThat(our("record-size-max")).isCloseTo(their("record-size-max") - 61, within(20.0));
    assertThat(our("outgoing-byte-total"))
        .isCloseTo(their("outgoing-byte-total"), Percentage.withPercentage(15));
    assertThat(our("incoming-byte-total"))
        .isCloseTo(their("incoming-byte-total"), Percentage.withPercentage(30));
    assertThat(our("request-total"))
        .isCloseTo(their("request-total"), Percentage.withPercentage(15));
    assertThat(our("response-total")).isEqualTo(our("request-total"));
    assertThat(our("connection-count")).isPositive();
    for (String name : List.of("request-latency-avg", "record-queue-time-avg")) {
      assertThat(our(name)).as(name).isBetween(0.0, 1_000.0);
    }
    for (String name : List.of("flush-time-ns-total", "io-wait-time-ns-total")) {
      assertThat(our(name)).as(name).isPositive();
      assertThat(their(name)).as(name).isPositive();
    }
    assertThat(our("metadata-age")).isBetween(0.0, 300.0);
    assertThat(our("record-send-rate"))
        .isCloseTo(their("record-send-rate"), Percentage.withPercentage(20));
  }
}

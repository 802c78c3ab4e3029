package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.common.Metric;
import io.millstream.common.MetricName;
import io.millstream.common.serialization.ByteArraySerializer;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a producer tells of itself as time goes by, on the virtual clock. */
class ProducerMetricsTest {

  private static final String PRODUCER = "producer-metrics";
  private static final String TOPICS = "producer-topic-metrics";
  private static final int IDLE_MILLIS = 10_000;
  private static final int AGE_MILLIS = 3_000;

  private final Simulation simulation = new Simulation(1, NetworkConditions.calm());
  private final FakeCluster cluster =
      FakeCluster.builder().brokers(2).autoCreateTopics(false).startIn(simulation);

  private KafkaProducer<String, byte[]> producer(Object... more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", cluster.bootstrapServers());
    settings.put("key.serializer", StringSerializer.class);
    settings.put("value.serializer", ByteArraySerializer.class);
    settings.put("metadata.max.idle.ms", IDLE_MILLIS);
    settings.put("metadata.max.age.ms", AGE_MILLIS);
    for (int i = 0; i < more.length; i += 2) {
      settings.put((String) more[i], more[i + 1]);
    }
    return SimulatedProducers.create(settings, simulation.environment("sender"));
  }

  @BeforeEach
  void createTopics() {
    Seeds.silence();
    cluster.createTopic("one", 1);
    cluster.createTopic("other", 1);
  }

  private void pass(long millis) {
    simulation.run(Duration.ofMillis(millis));
  }

  private static void send(KafkaProducer<String, byte[]> producer, String topic) throws Exception {
    producer.send(new ProducerRecord<>(topic, new byte[100])).get();
  }

  private static Set<String> topics(KafkaProducer<?, ?> producer) {
    return producer.metrics().keySet().stream()
        .filter(name -> name.group().equals(TOPICS))
        .map(name -> name.tags().get("topic"))
        .collect(Collectors.toSet());
  }

  private static double value(KafkaProducer<?, ?> producer, String group, String name) {
    List<Double> values =
        producer.metrics().values().stream()
            .filter(m -> m.metricName().group().equals(group))
            .filter(m -> m.metricName().name().equals(name))
            .map(m -> ((Number) m.metricValue()).doubleValue())
            .toList();
    assertThat(values).as("%s of %s", name, group).hasSize(1);
    return values.get(0);
  }

  @Test
  void theMetricsOfATopicGoWhenItWasNotUsedForLongAndBeginAnewWhenItIs() throws Exception {
    try (KafkaProducer<String, byte[]> producer = producer()) {
      Map<MetricName, ? extends Metric> live = producer.metrics();
      send(producer, "one");
      send(producer, "other");
      assertThat(topics(producer)).containsExactlyInAnyOrder("one", "other");
      for (int i = 0; i < 4; i++) {
        pass(IDLE_MILLIS / 2);
        send(producer, "other");
      }
      assertThat(topics(producer)).containsExactly("other");
      assertThat(value(producer, TOPICS, "record-send-total")).isEqualTo(5);
      assertThat(live.keySet()).isEqualTo(producer.metrics().keySet());
      assertThat(value(producer, PRODUCER, "record-send-total")).isEqualTo(6);

      pass(2 * IDLE_MILLIS);
      send(producer, "one");
      assertThat(topics(producer)).containsExactly("one");
      assertThat(value(producer, TOPICS, "record-send-total")).isEqualTo(1);
    }
  }

  @Test
  void theMetricsOfATopicGoWhenItIsDeletedAlsoWhereRecordsStillWaitForIt() throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        producer("delivery.timeout.ms", 31_000, "metadata.max.idle.ms", 300_000)) {
      send(producer, "one");
      send(producer, "other");
      cluster.deleteTopic("one");
      Future<?> lost = producer.send(new ProducerRecord<>("one", new byte[100]));
      assertThatThrownBy(lost::get).isNotNull();
      assertThat(topics(producer)).containsExactly("other");
      assertThat(value(producer, PRODUCER, "record-error-total")).isEqualTo(1);
    }
  }

  @Test
  @ShowsEffectOf({"metrics.sample.window.ms", "metrics.num.samples"})
  void ratesAndMeansForgetWhatIsOlderThanTheWindowsThatTheSettingsSay() throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        producer("metrics.sample.window.ms", 5_000, "metrics.num.samples", 4)) {
      send(producer, "one");
      assertThat(value(producer, PRODUCER, "record-send-rate")).isBetween(1 / 20.0, 1 / 15.0);
      pass(14_000);
      assertThat(value(producer, PRODUCER, "record-send-rate")).isBetween(1 / 20.0, 1 / 15.0);
      assertThat(value(producer, PRODUCER, "batch-size-avg")).isGreaterThan(100);
      pass(6_000);
      assertThat(value(producer, PRODUCER, "record-send-rate")).isZero();
      assertThat(value(producer, PRODUCER, "batch-size-avg")).isNaN();
      assertThat(value(producer, PRODUCER, "record-send-total")).isEqualTo(1);
    }
  }

  @Test
  @ShowsEffectOf("metrics.recording.level")
  void withTheRecordingLevelDebugATopicTellsOfItsBatches() throws Exception {
    try (KafkaProducer<String, byte[]> producer = producer("metrics.recording.level", "DEBUG")) {
      send(producer, "one");
      send(producer, "one");
      assertThat(value(producer, TOPICS, "batch-send-total")).isEqualTo(2);
      assertThat(value(producer, TOPICS, "batch-size-max"))
          .isEqualTo(value(producer, PRODUCER, "batch-size-max"));
      assertThat(value(producer, TOPICS, "record-queue-time-max"))
          .isEqualTo(value(producer, PRODUCER, "record-queue-time-max"));
    }
    try (KafkaProducer<String, byte[]> producer = producer("client.id", "info")) {
      send(producer, "one");
      assertThat(producer.metrics().keySet())
          .noneMatch(name -> name.group().equals(TOPICS) && name.name().startsWith("batch"));
    }
  }

  @Test
  void recordsThatComeBackAreCountedAsRetriedAndSentAgain() throws Exception {
    try (KafkaProducer<String, byte[]> producer = producer()) {
      send(producer, "one");
      cluster.refuse("Produce", "NOT_ENOUGH_REPLICAS", 2);
      send(producer, "one");
      assertThat(value(producer, PRODUCER, "record-retry-total")).isEqualTo(2);
      assertThat(value(producer, TOPICS, "record-retry-total")).isEqualTo(2);
      assertThat(value(producer, PRODUCER, "record-send-total")).isEqualTo(4);
      assertThat(value(producer, PRODUCER, "record-error-total")).isZero();
      assertThat(value(producer, PRODUCER, "record-queue-time-max"))
          .isGreaterThan(value(producer, PRODUCER, "request-latency-max"));
    }
  }

  @Test
  void whatWasCountedCanBeReadWhenTheProducerIsClosed() throws Exception {
    KafkaProducer<String, byte[]> producer = producer();
    send(producer, "one");
    Map<MetricName, ? extends Metric> live = producer.metrics();
    producer.close();
    assertThat(value(producer, PRODUCER, "record-send-total")).isEqualTo(1);
    assertThat(value(producer, PRODUCER, "connection-count")).isZero();
    assertThat(value(producer, PRODUCER, "requests-in-flight")).isZero();
    assertThat(value(producer, PRODUCER, "connection-close-total"))
        .isEqualTo(value(producer, PRODUCER, "connection-creation-total"))
        .isPositive();
    assertThatThrownBy(live::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void theMetricsOfABrokerGoWhenItHasLeftAndHasNoConnection() throws Exception {
    try (KafkaProducer<String, byte[]> producer = producer("connections.max.idle.ms", 5_000)) {
      send(producer, "one");
      assertThat(nodes(producer)).anyMatch(node -> node.startsWith("node--"));
      pass(30_000);
      assertThat(nodes(producer)).noneMatch(node -> node.startsWith("node--"));
    }
  }

  private static Set<String> nodes(KafkaProducer<?, ?> producer) {
    return producer.metrics().keySet().stream()
        .filter(name -> name.group().equals("producer-node-metrics"))
        .map(name -> name.tags().get("node-id"))
        .collect(Collectors.toSet());
  }
}

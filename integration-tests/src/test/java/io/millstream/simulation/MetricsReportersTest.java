package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.common.MetricName;
import io.millstream.common.metrics.KafkaMetric;
import io.millstream.common.metrics.MetricsContext;
import io.millstream.common.metrics.MetricsReporter;
import io.millstream.common.serialization.ByteArraySerializer;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an application's reporters of metrics are told, and when. */
class MetricsReportersTest {

  private final Simulation simulation = new Simulation(1, NetworkConditions.calm());
  private final FakeCluster cluster =
      FakeCluster.builder().brokers(1).autoCreateTopics(false).startIn(simulation);

  /** Notes what it is told. */
  public static class Notes implements MetricsReporter {
    static final List<Notes> CREATED = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    final Set<MetricName> known = new HashSet<>();
    Map<String, ?> configs = Map.of();
    RuntimeException thrown;

    /** Creates one, as a client does that is given the class. */
    public Notes() {
      CREATED.add(this);
    }

    @Override
    public void configure(Map<String, ?> all) {
      events.add("configure");
      configs = all;
    }

    @Override
    public void contextChange(MetricsContext context) {
      events.add("context " + new java.util.TreeMap<>(context.contextLabels()));
    }

    @Override
    public void init(List<KafkaMetric> metrics) {
      events.add("init");
      metrics.forEach(metric -> assertThat(known.add(metric.metricName())).isTrue());
      if (thrown != null) {
        throw thrown;
      }
    }

    @Override
    public void metricChange(KafkaMetric metric) {
      if (metric.metricName().group().equals("producer-topic-metrics")) {
        events.add("+" + metric.metricName().name());
      }
      assertThat(known.add(metric.metricName())).isTrue();
      if (thrown != null) {
        throw thrown;
      }
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
      if (metric.metricName().group().equals("producer-topic-metrics")) {
        events.add("-" + metric.metricName().name());
      }
      assertThat(known.remove(metric.metricName())).isTrue();
    }

    @Override
    public void close() {
      events.add("close");
    }
  }

  private KafkaProducer<String, byte[]> producer(Object reporters) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", cluster.bootstrapServers());
    settings.put("client.id", "reporting");
    settings.put("key.serializer", StringSerializer.class);
    settings.put("value.serializer", ByteArraySerializer.class);
    settings.put("metadata.max.idle.ms", 10_000);
    settings.put("metadata.max.age.ms", 3_000);
    settings.put("metrics.context.place", "here");
    settings.put("metric.reporters", reporters);
    return SimulatedProducers.create(settings, simulation.environment("sender"));
  }

  @BeforeEach
  void createTopic() {
    Seeds.silence();
    cluster.createTopic("topic", 1);
    Notes.CREATED.clear();
  }

  private static void send(KafkaProducer<String, byte[]> producer) throws Exception {
    producer.send(new ProducerRecord<>("topic", new byte[100])).get();
  }

  @Test
  @ShowsEffectOf("metric.reporters")
  void aReporterHearsOfAllMetricsThatThereAreAndOfTheEnd() throws Exception {
    Notes notes = new Notes();
    KafkaProducer<String, byte[]> producer = producer(List.of(notes));
    assertThat(notes.events)
        .containsExactly("context {_namespace=kafka.producer, place=here}", "init");
    assertThat(notes.known).isEqualTo(producer.metrics().keySet());
    notes.events.clear();

    send(producer);
    assertThat(notes.events).contains("+record-send-total", "+compression-rate").hasSize(9);
    assertThat(notes.known).isEqualTo(producer.metrics().keySet());
    notes.events.clear();

    simulation.run(Duration.ofSeconds(20));
    assertThat(notes.events).contains("-record-send-total", "-compression-rate").hasSize(9);
    assertThat(notes.known).isEqualTo(producer.metrics().keySet());
    notes.events.clear();

    producer.close();
    producer.close();
    assertThat(notes.events).containsExactly("close");
  }

  @Test
  void aReporterOfAClassIsCreatedAndConfigured() {
    producer(Notes.class.getName()).close();
    assertThat(Notes.CREATED).hasSize(1);
    Notes notes = Notes.CREATED.get(0);
    assertThat(notes.events)
        .containsExactly(
            "configure", "context {_namespace=kafka.producer, place=here}", "init", "close");
    assertThat(notes.configs.get("client.id")).isEqualTo("reporting");
    assertThat(notes.configs.get("metrics.context.place")).isEqualTo("here");
  }

  @Test
  void aReporterThatThrowsHoldsUpNeitherTheOthersNorTheRecords() throws Exception {
    Notes bad = new Notes();
    Notes good = new Notes();
    KafkaProducer<String, byte[]> producer = producer(List.of(bad, good));
    bad.thrown = new IllegalStateException("on purpose");
    send(producer);
    producer.close();
    assertThat(good.events).contains("+record-send-total").endsWith("close");
    assertThat(bad.events).endsWith("close");
  }

  @Test
  void whereAReporterRefusesToBeginThereIsNoProducerAndWhatWasCreatedIsClosed() {
    Notes bad = new Notes();
    bad.thrown = new IllegalStateException("on purpose");
    assertThatThrownBy(() -> producer(List.of(Notes.class, bad))).isSameAs(bad.thrown);
    assertThat(Notes.CREATED.get(1).events).endsWith("close");
    // What the application gave is the application's.
    assertThat(bad.events).doesNotContain("close");
  }
}

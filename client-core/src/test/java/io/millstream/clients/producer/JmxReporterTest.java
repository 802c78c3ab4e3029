package io.millstream.clients.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.MetricName;
import io.millstream.common.config.ConfigException;
import io.millstream.common.metrics.JmxReporter;
import io.millstream.common.metrics.KafkaMetric;
import io.millstream.common.metrics.KafkaMetricsContext;
import io.millstream.common.serialization.ByteArraySerializer;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Metrics as MBeans: named and made up as those of Apache's client. */
class JmxReporterTest {

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  private static Map<String, Object> settings(String clientId, Object serializer) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", "127.0.0.1:1");
    settings.put("client.id", clientId);
    settings.put("key.serializer", serializer);
    settings.put("value.serializer", serializer);
    return settings;
  }

  private static Map<String, Object> ours(String clientId) {
    return settings(clientId, ByteArraySerializer.class);
  }

  private Set<ObjectName> beansOf(String clientId) throws Exception {
    return server.queryNames(new ObjectName("*:client-id=" + clientId + ",*"), null);
  }

  /** Names of MBeans without the client's, with the names of their attributes. */
  private Map<String, Set<String>> shown(String clientId) throws Exception {
    Map<String, Set<String>> shown = new TreeMap<>();
    for (ObjectName name : beansOf(clientId)) {
      if (name.getKeyProperty("type").equals("producer-node-metrics")) {
        // One client tells of brokers while it tries to connect, the other afterwards.
        continue;
      }
      Set<String> attributes = new TreeSet<>();
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
        attributes.add(attribute.getName() + " " + attribute.getType());
      }
      shown.put(name.toString().replace(clientId, ""), attributes);
    }
    return shown;
  }

  private interface Question {
    boolean answer() throws Exception;
  }

  private static void await(Question question, Callable<String> problem) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!question.answer()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(problem.call());
      }
      Thread.onSpinWait();
    }
  }

  private static ObjectName name(String type, String clientId) {
    try {
      return new ObjectName("kafka.producer:type=" + type + ",client-id=" + clientId);
    } catch (javax.management.MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Set<String>> apaches() throws Exception {
    Map<String, Object> settings =
        settings("apaches", org.apache.kafka.common.serialization.ByteArraySerializer.class);
    try (var producer =
        new org.apache.kafka.clients.producer.KafkaProducer<byte[], byte[]>(settings)) {
      assertThat(producer.metrics()).isNotEmpty();
      return shown("apaches");
    }
  }

  @Test
  void aProducerShowsTheMBeansThatApachesShowsAndTakesThemAwayWhenItIsClosed() throws Exception {
    Map<String, Set<String>> expected = apaches();
    assertThat(expected).hasSize(3);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(ours("shown"))) {
      await(() -> shown("shown").equals(expected), () -> shown("shown") + " is not " + expected);
      assertThat(producer.metrics()).isNotEmpty();
      ObjectName name = name("producer-metrics", "shown");
      assertThat(server.getAttribute(name, "record-send-total")).isEqualTo(0.0);
      assertThat(server.getAttributes(name, new String[] {"buffer-total-bytes", "none"}).asList())
          .singleElement()
          .satisfies(attribute -> assertThat(attribute.getValue()).isEqualTo((double) (32 << 20)));
    }
    assertThat(beansOf("shown")).isEmpty();
  }

  @Test
  void withoutTheReporterNothingIsShown() throws Exception {
    Map<String, Object> settings = ours("hidden");
    settings.put("metric.reporters", "");
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings);
        KafkaProducer<byte[], byte[]> other = new KafkaProducer<>(ours("seen"))) {
      await(() -> !beansOf("seen").isEmpty(), () -> "nothing is seen");
      assertThat(beansOf("hidden")).isEmpty();
      assertThat(producer.metrics()).isNotEmpty().hasSameSizeAs(other.metrics());
    }
  }

  @Test
  void ofTwoProducersOfOneNameTheSecondIsShownUntilItIsClosed() throws Exception {
    JmxReporter first = reporter();
    JmxReporter second = reporter();
    ObjectName name = new ObjectName("kafka.producer:type=group,client-id=twice");
    first.init(List.of(metric("twice", "count", 1)));
    second.init(List.of(metric("twice", "count", 2)));
    assertThat(server.getAttribute(name, "count")).isEqualTo(2);
    first.close();
    assertThat(server.getAttribute(name, "count")).isEqualTo(2);
    second.close();
    assertThat(server.isRegistered(name)).isFalse();
  }

  @Test
  void metricsThatComeAndGoAreAttributesThatComeAndGo() throws Exception {
    JmxReporter reporter = reporter();
    ObjectName name = new ObjectName("kafka.producer:type=group,client-id=changes");
    KafkaMetric one = metric("changes", "one", 1);
    KafkaMetric other = metric("changes", "other", 2);
    reporter.init(List.of(one));
    reporter.metricChange(other);
    assertThat(attributes(name)).containsExactly("one", "other");
    reporter.metricRemoval(one);
    assertThat(attributes(name)).containsExactly("other");
    assertThatThrownBy(() -> server.getAttribute(name, "one"))
        .isInstanceOf(javax.management.AttributeNotFoundException.class);
    reporter.metricRemoval(other);
    assertThat(server.isRegistered(name)).isFalse();
    assertThat(reporter.containsMbean(name.toString())).isFalse();
    reporter.close();
    reporter.metricChange(one);
    assertThat(server.isRegistered(name)).isFalse();
  }

  private List<String> attributes(ObjectName name) throws Exception {
    return Arrays.stream(server.getMBeanInfo(name).getAttributes())
        .map(MBeanAttributeInfo::getName)
        .toList();
  }

  @Test
  void aNameThatIsNoneOfJmxIsQuoted() throws Exception {
    JmxReporter reporter = reporter();
    reporter.init(List.of(metric("a,b=*", "one", 1)));
    ObjectName name =
        new ObjectName("kafka.producer:type=group,client-id=" + ObjectName.quote("a,b=*"));
    assertThat(server.getAttribute(name, "one")).isEqualTo(1);
    reporter.close();
  }

  @Test
  void patternsSayWhatIsShownAndMayChange() throws Exception {
    JmxReporter reporter = new JmxReporter();
    reporter.configure(Map.of(JmxReporter.EXCLUDE_CONFIG, ".*client-id=out"));
    reporter.contextChange(new KafkaMetricsContext("kafka.producer"));
    reporter.init(List.of(metric("in", "one", 1), metric("out", "one", 1)));
    assertThat(beansOf("in")).hasSize(1);
    assertThat(beansOf("out")).isEmpty();
    reporter.reconfigure(Map.of(JmxReporter.INCLUDE_CONFIG, ".*client-id=out"));
    assertThat(beansOf("in")).isEmpty();
    assertThat(beansOf("out")).hasSize(1);
    assertThatThrownBy(
            () -> reporter.validateReconfiguration(Map.of(JmxReporter.INCLUDE_CONFIG, "(")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(JmxReporter.INCLUDE_CONFIG);
    reporter.close();
  }

  private static JmxReporter reporter() {
    JmxReporter reporter = new JmxReporter();
    reporter.contextChange(new KafkaMetricsContext("kafka.producer"));
    return reporter;
  }

  private static KafkaMetric metric(String clientId, String name, Object value) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("client-id", clientId);
    return KafkaMetric.of(new MetricName(name, "group", "", tags), () -> value);
  }
}

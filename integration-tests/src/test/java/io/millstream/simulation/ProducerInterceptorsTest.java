package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millstream.clients.producer.Callback;
import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerConfig;
import io.millstream.clients.producer.ProducerInterceptor;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.common.errors.RecordTooLargeException;
import io.millstream.common.header.Headers;
import io.millstream.common.serialization.IntegerSerializer;
import io.millstream.common.serialization.Serializer;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ProducerInterceptorsTest {

  private static final String TOPIC = "seen";

  private final Simulation simulation = new Simulation(1, NetworkConditions.calm());
  private final FakeCluster cluster =
      FakeCluster.builder().brokers(1).autoCreateTopics(false).startIn(simulation);
  private final List<String> events = new ArrayList<>();

  @BeforeEach
  void createTopic() {
    Seeds.silence();
    cluster.createTopic(TOPIC, 1);
  }

  /** Adds its name to values and headers. */
  private class Naming implements ProducerInterceptor<String, Object> {

    private final String name;

    Naming(String name) {
      this.name = name;
    }

    @Override
    public ProducerRecord<String, Object> onSend(ProducerRecord<String, Object> record) {
      ProducerRecord<String, Object> named =
          new ProducerRecord<>(
              record.topic(),
              record.partition(),
              record.timestamp(),
              record.key(),
              record.value() + name,
              record.headers());
      named.headers().add(name, new byte[0]);
      return named;
    }

    @Override
    public void onAcknowledgement(
        @Nullable RecordMetadata metadata, @Nullable Exception exception, Headers headers) {
      assertThat(metadata).isNotNull();
      assertThatThrownBy(() -> headers.add("late", new byte[0]))
          .isInstanceOf(IllegalStateException.class);
      events.add(
          "%s: %s with %d headers"
              .formatted(
                  name,
                  exception == null ? "offset " + metadata.offset() : exception.getClass(),
                  headers.toArray().length));
    }

    @Override
    public void configure(Map<String, ?> configs) {
      events.add(name + " configured");
    }

    @Override
    public void close() {
      events.add(name + " closed");
    }
  }

  /** Fails wherever it is asked. */
  private final class Failing extends Naming {

    private final boolean returnsNull;

    Failing(boolean returnsNull) {
      super("failing");
      this.returnsNull = returnsNull;
    }

    @Override
    @SuppressWarnings("NullAway") // as an application may do
    public ProducerRecord<String, Object> onSend(ProducerRecord<String, Object> record) {
      if (returnsNull) {
        return null;
      }
      throw new IllegalStateException("made by the test");
    }

    @Override
    public void onAcknowledgement(
        @Nullable RecordMetadata metadata, @Nullable Exception exception, Headers headers) {
      throw new IllegalStateException("made by the test");
    }
  }

  /** Counts how often it is configured and closed. */
  public static final class Counting implements ProducerInterceptor<String, String> {

    static final List<String> CALLS = new ArrayList<>();

    @Override
    public ProducerRecord<String, String> onSend(ProducerRecord<String, String> record) {
      return record;
    }

    @Override
    public void configure(Map<String, ?> configs) {
      CALLS.add("configured for " + configs.get(ProducerConfig.CLIENT_ID_CONFIG));
    }

    @Override
    public void close() {
      CALLS.add("closed");
    }
  }

  private KafkaProducer<String, Object> producer(
      Class<? extends Serializer<?>> values, Object... interceptors) {
    Map<String, Object> configs = new HashMap<>();
    configs.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
    configs.put(ProducerConfig.CLIENT_ID_CONFIG, "sender");
    configs.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    configs.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, values);
    configs.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 10_000);
    configs.put(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, List.of(interceptors));
    return SimulatedProducers.create(configs, simulation.environment("sender"));
  }

  private String storedValue() {
    return new String(cluster.records(TOPIC, 0).get(0).value(), StandardCharsets.UTF_8);
  }

  @Test
  void eachSeesWhatTheOneBeforeHasMadeAndHearsOfTheEndBeforeTheCallback() {
    KafkaProducer<String, Object> producer =
        producer(StringSerializer.class, new Naming("a"), new Naming("b"));
    producer.send(
        new ProducerRecord<>(TOPIC, "value "),
        (metadata, exception) -> events.add("callback: " + metadata.offset()));
    producer.close();

    assertThat(storedValue()).isEqualTo("value ab");
    assertThat(events)
        .containsExactly(
            "a: offset 0 with 2 headers",
            "b: offset 0 with 2 headers",
            "callback: 0",
            "a closed",
            "b closed");
  }

  @Test
  void oneThatFailsChangesNothingForTheOthers() {
    KafkaProducer<String, Object> producer =
        producer(
            StringSerializer.class,
            new Naming("a"),
            new Failing(false),
            new Failing(true),
            new Naming("b"));
    producer.send(
        new ProducerRecord<>(TOPIC, "value "), (metadata, exception) -> events.add("callback"));
    producer.flush();

    assertThat(storedValue()).isEqualTo("value ab");
    assertThat(events)
        .containsExactly("a: offset 0 with 2 headers", "b: offset 0 with 2 headers", "callback");
    producer.close();
  }

  @Test
  void theyHearOnceOfARecordThatIsNotTaken() {
    KafkaProducer<String, Object> producer = producer(StringSerializer.class, new Naming("a"));
    producer.send(
        new ProducerRecord<>(TOPIC, "x".repeat(20_000)),
        (metadata, exception) -> events.add("callback"));
    assertThat(events)
        .containsExactly("a: " + RecordTooLargeException.class + " with 1 headers", "callback");
    producer.close();
  }

  @Test
  void theyHearOnceOfARecordThatIsNotTakenAlsoWhereItsCallbackThrows() {
    KafkaProducer<String, Object> producer = producer(StringSerializer.class, new Naming("a"));
    ProducerRecord<String, Object> large = new ProducerRecord<>(TOPIC, "x".repeat(20_000));
    assertThatThrownBy(
            () ->
                producer.send(
                    large,
                    (metadata, exception) -> {
                      throw new IllegalStateException("made by the callback");
                    }))
        .hasMessage("made by the callback");
    assertThat(events).containsExactly("a: " + RecordTooLargeException.class + " with 1 headers");
    producer.close();
  }

  @Test
  void theLogNamesTheCallbackThatFails() {
    Logger logger = (Logger) LoggerFactory.getLogger("io.millstream.produce.CallbackRunner");
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(said);
    try {
      KafkaProducer<String, Object> producer = producer(StringSerializer.class, new Naming("a"));
      producer.send(new ProducerRecord<>(TOPIC, "value"), new Broken());
      producer.close();
    } finally {
      logger.detachAppender(said);
      logger.setLevel(null);
    }
    assertThat(said.list)
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.getFormattedMessage())
                    .startsWith("sender: ")
                    .contains(Naming.class.getName() + " and " + Broken.class.getName()));
  }

  /** A callback with a defect. */
  private static final class Broken implements Callback {

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
      throw new IllegalStateException("made by the test");
    }
  }

  @Test
  void theyHearOfARecordForWhichSendThrows() {
    KafkaProducer<String, Object> producer = producer(IntegerSerializer.class, new Naming("a"));
    ProducerRecord<String, Object> record = new ProducerRecord<>(TOPIC, "no number");
    assertThatThrownBy(() -> producer.send(record, (metadata, exception) -> events.add("no")))
        .hasMessageContaining("value.serializer");
    assertThat(events).hasSize(1);
    assertThat(events.get(0)).contains("SerializationException");
    producer.close();
  }

  @Test
  @ShowsEffectOf("interceptor.classes")
  void oneThatIsNamedByItsClassIsConfiguredAndClosed() {
    Counting.CALLS.clear();
    producer(StringSerializer.class, Counting.class.getName()).close();
    assertThat(Counting.CALLS).containsExactly("configured for sender", "closed");
  }
}

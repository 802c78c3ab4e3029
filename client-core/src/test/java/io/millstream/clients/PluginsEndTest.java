package io.millstream.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.consumer.ConsumerConfig;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerConfig;
import io.millstream.common.serialization.Deserializer;
import io.millstream.common.serialization.Serializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the plug-ins of a client are closed. */
@Timeout(30)
class PluginsEndTest {

  private static final String SERVERS = "127.0.0.1:1";
  private static final String COUNTED_AS = "counted.as";
  private static final Map<String, AtomicInteger> CLOSED = new ConcurrentHashMap<>();

  private static int closed(String test) {
    return CLOSED.getOrDefault(test, new AtomicInteger()).get();
  }

  /** Counts how often it is closed. */
  public static final class Counted implements Serializer<String>, Deserializer<String> {

    private String test = "";

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      test = String.valueOf(configs.get(COUNTED_AS));
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable String data) {
      return null;
    }

    @Override
    public @Nullable String deserialize(String topic, byte @Nullable [] data) {
      return null;
    }

    @Override
    public void close() {
      CLOSED.computeIfAbsent(test, key -> new AtomicInteger()).incrementAndGet();
    }
  }

  /** Refuses its configuration. */
  public static class Refusing implements Serializer<String>, Deserializer<String> {

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      throw new IllegalStateException("made by the test");
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable String data) {
      return null;
    }

    @Override
    public @Nullable String deserialize(String topic, byte @Nullable [] data) {
      return null;
    }

    @Override
    public void close() {}
  }

  /** Breaks while it is configured. */
  public static final class Broken extends Refusing {

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      throw new AssertionError("made by the test");
    }
  }

  private static Map<String, Object> producer(String test, Object keys, Object values) {
    Map<String, Object> configs = new HashMap<>();
    configs.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, SERVERS);
    configs.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, keys);
    configs.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, values);
    configs.put(COUNTED_AS, test);
    return configs;
  }

  private static Map<String, Object> consumer(String test, Object keys, Object values) {
    Map<String, Object> configs = new HashMap<>();
    configs.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, SERVERS);
    configs.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, keys);
    configs.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, values);
    configs.put(COUNTED_AS, test);
    return configs;
  }

  @ParameterizedTest
  @ValueSource(classes = {Refusing.class, Broken.class})
  void producerThatCannotBeBuiltClosesWhatItHasCreated(Class<?> values) {
    String test = "producer " + values;
    assertThatThrownBy(() -> new KafkaProducer<>(producer(test, Counted.class, values)))
        .hasStackTraceContaining("made by the test");
    assertThat(closed(test)).isOne();
  }

  @ParameterizedTest
  @ValueSource(classes = {Refusing.class, Broken.class})
  void consumerThatCannotBeBuiltClosesWhatItHasCreated(Class<?> values) {
    String test = "consumer " + values;
    assertThatThrownBy(() -> new KafkaConsumer<>(consumer(test, Counted.class, values)))
        .hasStackTraceContaining("made by the test");
    assertThat(closed(test)).isOne();
  }

  @Test
  void whatTheApplicationHasGivenStaysOpenWhereTheClientCannotBeBuilt() {
    Counted given = new Counted();
    given.configure(Map.of(COUNTED_AS, "given"), true);
    assertThatThrownBy(() -> new KafkaProducer<>(producer("given", given, Refusing.class)))
        .hasStackTraceContaining("made by the test");
    assertThatThrownBy(() -> new KafkaConsumer<>(consumer("given", given, Refusing.class)))
        .hasStackTraceContaining("made by the test");
    assertThat(closed("given")).isZero();
  }

  @Test
  void onePluginThatFailsToCloseKeepsNoOtherOpen() {
    List<String> calls = new ArrayList<>();
    Deserializer<String> failing =
        new Deserializer<>() {
          @Override
          public @Nullable String deserialize(String topic, byte @Nullable [] data) {
            return null;
          }

          @Override
          public void close() {
            calls.add("close");
            throw new IllegalStateException("made by the test");
          }
        };
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(consumer("closing", failing, Counted.class));
    consumer.close();
    consumer.close();
    assertThat(calls).hasSize(1);
    assertThat(closed("closing")).isOne();

    KafkaProducer<String, String> producer =
        new KafkaProducer<>(producer("closing", Counted.class, Counted.class));
    producer.close(Duration.ofSeconds(10));
    producer.close();
    assertThat(closed("closing")).isEqualTo(3);
  }
}

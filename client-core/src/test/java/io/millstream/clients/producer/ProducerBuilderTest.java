package io.millstream.clients.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;

import io.millstream.clients.producer.ProducerBuilder.Acks;
import io.millstream.clients.producer.ProducerBuilder.Compression;
import io.millstream.common.Cluster;
import io.millstream.common.config.ConfigException;
import io.millstream.common.serialization.Serializer;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.settings.SettingTables;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProducerBuilderTest {

  private static final Serializer<String> TEXT = new StringSerializer();
  private static final Partitioner FIRST = (topic, key, keyBytes, value, bytes, cluster) -> 0;
  private static final ProducerInterceptor<String, String> SAME = record -> record;
  private static final ProducerInterceptor<String, String> OTHER = record -> record;

  /** Named by the method of the builder; the settings are those that it stands for, as texts. */
  static Stream<Arguments> methods() {
    return Stream.of(
        method("bootstrapServers", b -> b.bootstrapServers("a:1", "b:2"))
            .is("bootstrap.servers", "a:1,b:2"),
        method("clientId", b -> b.clientId("me")).is("client.id", "me"),
        method("keySerializer", b -> b.keySerializer(TEXT)).is("key.serializer", TEXT),
        method("valueSerializer", b -> b.valueSerializer(TEXT)).is("value.serializer", TEXT),
        method("partitioner", b -> b.partitioner(FIRST)).is("partitioner.class", FIRST),
        method("interceptor", b -> b.interceptor(SAME).interceptor(OTHER))
            .is("interceptor.classes", List.of(SAME, OTHER)),
        method("acks", b -> b.acks(Acks.NONE)).is("acks", "0"),
        method("acks", b -> b.acks(Acks.LEADER)).is("acks", "1"),
        method("idempotence", b -> b.idempotence(false)).is("enable.idempotence", "false"),
        method("transactionalId", b -> b.transactionalId("t")).is("transactional.id", "t"),
        method("transactionTimeout", b -> b.transactionTimeout(Duration.ofSeconds(7)))
            .is("transaction.timeout.ms", "7000"),
        method("compression", b -> b.compression(Compression.SNAPPY))
            .is("compression.type", "snappy"),
        method("compression", b -> b.compression(Compression.GZIP, 4))
            .is("compression.type", "gzip", "compression.gzip.level", "4"),
        method("compression", b -> b.compression(Compression.LZ4, 5))
            .is("compression.type", "lz4", "compression.lz4.level", "5"),
        method("compression", b -> b.compression(Compression.ZSTD, -7))
            .is("compression.type", "zstd", "compression.zstd.level", "-7"),
        method("linger", b -> b.linger(Duration.ofMillis(17))).is("linger.ms", "17"),
        method("linger", b -> b.linger(Duration.ofNanos(1))).is("linger.ms", "1"),
        method("batchSize", b -> b.batchSize(18)).is("batch.size", "18"),
        method("bufferMemory", b -> b.bufferMemory(1L << 33)).is("buffer.memory", "8589934592"),
        method("maxRequestSize", b -> b.maxRequestSize(19)).is("max.request.size", "19"),
        method("maxInFlightRequests", b -> b.maxInFlightRequests(2))
            .is("max.in.flight.requests.per.connection", "2"),
        method("maxBlock", b -> b.maxBlock(Duration.ofSeconds(Long.MAX_VALUE)))
            .is("max.block.ms", "9223372036854775807"),
        method("deliveryTimeout", b -> b.deliveryTimeout(Duration.ofMinutes(1)))
            .is("delivery.timeout.ms", "60000"),
        method("requestTimeout", b -> b.requestTimeout(Duration.ofSeconds(8)))
            .is("request.timeout.ms", "8000"),
        method("retries", b -> b.retries(3)).is("retries", "3"),
        method("retryBackoff", b -> b.retryBackoff(Duration.ofMillis(21), Duration.ofMillis(22)))
            .is("retry.backoff.ms", "21", "retry.backoff.max.ms", "22"),
        method("set", b -> b.set("send.buffer.bytes", 23)).is("send.buffer.bytes", "23"));
  }

  private record Step(String name, UnaryOperator<ProducerBuilder<String, String>> step) {
    Arguments is(Object... keysAndValues) {
      Map<String, Object> settings = new TreeMap<>();
      for (int i = 0; i < keysAndValues.length; i += 2) {
        settings.put((String) keysAndValues[i], keysAndValues[i + 1]);
      }
      return Arguments.of(named(name, step), settings);
    }
  }

  private static Step method(String name, UnaryOperator<ProducerBuilder<String, String>> step) {
    return new Step(name, step);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void eachMethodHasTheEffectOfItsKeysAndNoOther(
      UnaryOperator<ProducerBuilder<String, String>> step, Map<String, Object> settings) {
    Map<String, Object> built = new HashMap<>(needed());
    built.putAll(step.apply(new ProducerBuilder<>()).settings());
    Map<String, Object> given = new HashMap<>(needed());
    given.putAll(settings);
    assertThat(values(built)).isEqualTo(values(given)).isNotEqualTo(values(needed()));
  }

  @Test
  void eachMethodIsTried() {
    Set<String> tried =
        methods().map(each -> ((Named<?>) each.get()[0]).getName()).collect(Collectors.toSet());
    Set<String> all =
        Arrays.stream(ProducerBuilder.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .filter(name -> !name.equals("build"))
            .collect(Collectors.toSet());
    assertThat(tried).isEqualTo(all);
  }

  private static Map<String, Object> needed() {
    return Map.of(
        "bootstrap.servers",
        "localhost:1",
        "client.id",
        "builder",
        "key.serializer",
        StringSerializer.class,
        "value.serializer",
        StringSerializer.class);
  }

  private static Map<String, @Nullable Object> values(Map<String, Object> settings) {
    return SettingTables.producer().parse(settings).values();
  }

  private static byte[] encode(String topic, @Nullable String text) {
    return (topic + text).getBytes(UTF_8);
  }

  @Test
  void aSerializerIsAnInstanceALambdaOrAMethodReference() {
    assertThat(bytes(builder -> builder.valueSerializer(TEXT))).isEqualTo("v");
    assertThat(bytes(b -> b.valueSerializer(value -> (value + 1).getBytes(UTF_8)))).isEqualTo("v1");
    assertThat(bytes(b -> b.valueSerializer((topic, value) -> encode(value + "/", topic))))
        .isEqualTo("v/t");
    assertThat(bytes(b -> b.valueSerializer(ProducerBuilderTest::encode))).isEqualTo("tv");
    assertThat(bytes(b -> b.valueSerializer(ProducerBuilderTest::upper))).isEqualTo("V");
  }

  private static byte[] upper(String text) {
    return text.equals("v") ? new byte[] {'V'} : new byte[0];
  }

  private static String bytes(UnaryOperator<ProducerBuilder<String, String>> step) {
    byte[] bytes = serializer(step).serialize("t", "v");
    return bytes == null ? "null" : new String(bytes, UTF_8);
  }

  @SuppressWarnings("unchecked") // the builder had a serializer of texts
  private static Serializer<String> serializer(
      UnaryOperator<ProducerBuilder<String, String>> step) {
    Object serializer = step.apply(new ProducerBuilder<>()).settings().get("value.serializer");
    return (Serializer<String>) Objects.requireNonNull(serializer);
  }

  @Test
  void aFunctionIsNotCalledForNull() {
    Serializer<String> serializer = serializer(b -> b.valueSerializer(ProducerBuilderTest::upper));
    assertThat(serializer.serialize("t", null)).isNull();
  }

  @Test
  void aPartitionerAndAnInterceptorMayBeLambdas() {
    FIRST.configure(Map.of());
    assertThat(FIRST.partition("t", null, null, null, null, Cluster.empty())).isZero();
    FIRST.close();

    ProducerRecord<String, String> record = new ProducerRecord<>("t", "v");
    SAME.configure(Map.of());
    assertThat(SAME.onSend(record)).isSameAs(record);
    SAME.onAcknowledgement(null, null);
    SAME.close();
  }

  @Test
  void buildNamesAllWrongValuesTogether() {
    ProducerBuilder<String, String> builder =
        new ProducerBuilder<String, String>()
            .bootstrapServers()
            .keySerializer(TEXT)
            .linger(Duration.ofMillis(-3))
            .requestTimeout(Duration.ofDays(100))
            .compression(Compression.GZIP, 12)
            .set("retries", "many");
    assertThatThrownBy(builder::build)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("bootstrap.servers = \"\"")
        .hasMessageContaining("value.serializer is required")
        .hasMessageContaining("linger.ms = -3")
        .hasMessageContaining("request.timeout.ms = 8640000000")
        .hasMessageContaining("compression.gzip.level = 12")
        .hasMessageContaining("retries = many");
  }

  @Test
  void buildAppliesTheRulesAmongSettings() {
    ProducerBuilder<String, String> builder =
        new ProducerBuilder<String, String>()
            .bootstrapServers("localhost:1")
            .keySerializer(TEXT)
            .valueSerializer(TEXT)
            .idempotence(true)
            .acks(Acks.LEADER);
    assertThatThrownBy(builder::build)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("acks");
  }

  @Test
  void aCompressionWithoutLevelsRefusesOne() {
    ProducerBuilder<String, String> builder = new ProducerBuilder<>();
    assertThatThrownBy(() -> builder.compression(Compression.SNAPPY, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SNAPPY");
  }

  /** Counts what a client does with an instance. */
  private static final class Watched implements Partitioner, ProducerInterceptor<String, String> {

    private final AtomicInteger configured = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public int partition(
        String topic,
        @Nullable Object key,
        byte @Nullable [] keyBytes,
        @Nullable Object value,
        byte @Nullable [] valueBytes,
        Cluster cluster) {
      return 0;
    }

    @Override
    public ProducerRecord<String, String> onSend(ProducerRecord<String, String> record) {
      return record;
    }

    @Override
    public void configure(Map<String, ?> configs) {
      configured.incrementAndGet();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @Test
  void instancesAreNotConfiguredAndAreClosedWithTheProducer() {
    Watched partitioner = new Watched();
    Watched interceptor = new Watched();
    KafkaProducer<String, String> producer =
        new ProducerBuilder<String, String>()
            .bootstrapServers("localhost:1")
            .keySerializer(TEXT)
            .valueSerializer(TEXT)
            .partitioner(partitioner)
            .interceptor(interceptor)
            .build();
    for (Watched each : List.of(partitioner, interceptor)) {
      assertThat(each.configured).hasValue(0);
      assertThat(each.closed).hasValue(0);
    }
    producer.close();
    assertThat(partitioner.closed).hasValue(1);
    assertThat(interceptor.closed).hasValue(1);
    assertThat(partitioner.configured).hasValue(0);
  }

  @Test
  void instancesAreLeftAloneWhereTheProducerCannotBeBuilt() {
    Watched interceptor = new Watched();
    ProducerBuilder<String, String> builder =
        new ProducerBuilder<String, String>()
            .bootstrapServers("localhost:1")
            .keySerializer(TEXT)
            .valueSerializer(TEXT)
            .interceptor(interceptor)
            .set("partitioner.class", Unbuildable.class);
    assertThatThrownBy(builder::build).isInstanceOf(ConfigException.class);
    assertThat(interceptor.closed).hasValue(0);
  }

  /** Has no public constructor. */
  private static final class Unbuildable implements Partitioner {

    @Override
    public int partition(
        String topic,
        @Nullable Object key,
        byte @Nullable [] keyBytes,
        @Nullable Object value,
        byte @Nullable [] valueBytes,
        Cluster cluster) {
      return 0;
    }
  }
}

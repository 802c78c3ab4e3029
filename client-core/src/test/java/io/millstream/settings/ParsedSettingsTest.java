package io.millstream.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.producer.Partitioner;
import io.millstream.common.Cluster;
import io.millstream.common.config.ConfigException;
import io.millstream.common.serialization.Serializer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParsedSettingsTest {

  /** Keeps what it was configured with. */
  public static class KeepingPartitioner implements Partitioner {
    Map<String, ?> configured = Map.of();

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
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {
      configured = configs;
    }
  }

  /** Serializes nothing. */
  public static class TextSerializer implements Serializer<String> {
    @Override
    public byte[] serialize(String topic, @Nullable String data) {
      return new byte[0];
    }
  }

  /** Cannot be created. */
  public static class FailingPartitioner extends KeepingPartitioner {
    /** Always fails. */
    public FailingPartitioner() {
      throw new IllegalStateException("no way");
    }
  }

  /** Cannot be created either. */
  public static class DemandingPartitioner extends KeepingPartitioner {
    /** Demands something. */
    public DemandingPartitioner(String something) {
      assertThat(something).isNotNull();
    }
  }

  private static Map<String, Object> producer(Object... more) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("bootstrap.servers", "localhost:9092");
    settings.put("key.serializer", TextSerializer.class);
    settings.put("value.serializer", TextSerializer.class);
    for (int i = 0; i < more.length; i += 2) {
      settings.put((String) more[i], more[i + 1]);
    }
    return settings;
  }

  private static ParsedSettings parsed(Object... more) {
    return SettingTables.producer().parse(producer(more));
  }

  @Test
  void givesDefaultsForWhatIsNotGiven() {
    ParsedSettings settings = parsed();

    assertThat(settings.text("acks")).isEqualTo("all");
    assertThat(settings.integer("batch.size")).isEqualTo(16384);
    assertThat(settings.number("linger.ms")).isEqualTo(5);
    assertThat(settings.nanos("linger.ms")).isEqualTo(5_000_000);
    assertThat(settings.flag("enable.idempotence")).isTrue();
    assertThat(settings.decimal("sasl.login.refresh.window.factor")).isEqualTo(0.8);
    assertThat(settings.optionalText("transactional.id")).isNull();
    assertThat(settings.given("acks")).isFalse();
    assertThat(settings.list("bootstrap.servers")).containsExactly("localhost:9092");
  }

  @Test
  void takesTextsNumbersAndFlagsAlike() {
    ParsedSettings texts =
        parsed("batch.size", " 100 ", "linger.ms", "7", "partitioner.ignore.keys", " TRUE");
    ParsedSettings values =
        parsed("batch.size", 100L, "linger.ms", (short) 7, "partitioner.ignore.keys", true);

    for (ParsedSettings settings : List.of(texts, values)) {
      assertThat(settings.integer("batch.size")).isEqualTo(100);
      assertThat(settings.number("linger.ms")).isEqualTo(7);
      assertThat(settings.flag("partitioner.ignore.keys")).isTrue();
      assertThat(settings.given("batch.size")).isTrue();
    }
  }

  @Test
  void takesListsAsTextOrAsList() {
    assertThat(parsed("bootstrap.servers", " a:1 , b:2,a:1").list("bootstrap.servers"))
        .containsExactly("a:1", "b:2");
    assertThat(parsed("bootstrap.servers", List.of("a:1", "b:2")).servers("bootstrap.servers"))
        .containsExactly(new ServerAddress("a", 1), new ServerAddress("b", 2));
  }

  @Test
  void takesPropertiesTogetherWithTheirDefaults() {
    Properties defaults = new Properties();
    defaults.setProperty("acks", "1");
    defaults.setProperty("linger.ms", "9");
    Properties properties = new Properties(defaults);
    properties.putAll(producer());
    properties.setProperty("linger.ms", "10");

    ParsedSettings settings = SettingTables.producer().parse(properties);

    assertThat(settings.text("acks")).isEqualTo("1");
    assertThat(settings.number("linger.ms")).isEqualTo(10);
  }

  @Test
  void refusesAKeyThatIsNoText() {
    Map<Object, Object> settings = new HashMap<>(producer());
    settings.put(42, "x");

    assertThatThrownBy(() -> SettingTables.producer().parse(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("42")
        .hasMessageContaining("Integer");
  }

  @Test
  void reportsAllWrongValuesTogether() {
    Map<String, Object> wrong =
        producer("acks", "2", "batch.size", "-1", "linger.ms", 5.5, "enable.idempotence", "maybe");
    wrong.remove("key.serializer");

    assertThatThrownBy(() -> SettingTables.producer().parse(wrong))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("5 settings of the producer are wrong")
        .hasMessageContaining("acks = 2 must be one of all, -1, 0, 1")
        .hasMessageContaining("batch.size = -1 must be at least 0")
        .hasMessageContaining("linger.ms = 5.5 must be a whole number, not a java.lang.Double")
        .hasMessageContaining("enable.idempotence = maybe must be true or false")
        .hasMessageContaining("key.serializer is required");
  }

  @Test
  void neverShowsAPassword() {
    assertThatThrownBy(() -> parsed("ssl.keystore.password", "geheim", "sasl.jaas.config", 17))
        .hasMessageContaining("ssl.keystore.password = [hidden]")
        .hasMessageContaining("sasl.jaas.config = [hidden]")
        .hasMessageNotContaining("geheim")
        .hasMessageNotContaining("17");
  }

  @Test
  void refusesWhatIsNotBuiltByName() {
    assertThatThrownBy(() -> parsed("security.protocol", "SSL", "acks", "1"))
        .hasMessageContaining("security.protocol = SSL is not built yet")
        .hasMessageContaining("PLAINTEXT");
    assertThatThrownBy(() -> parsed("sasl.login.class", "no.such.Login"))
        .hasMessageContaining("sasl.login.class = no.such.Login is not built yet");
  }

  @Test
  void takesDefaultsAndHarmlessValuesOfWhatIsNotBuilt() {
    ParsedSettings settings =
        parsed(
            "security.protocol",
            "plaintext",
            "enable.metrics.push",
            "false",
            "metric.reporters",
            "",
            "ssl.protocol",
            "TLSv1.3");

    assertThat(settings.flag("enable.metrics.push")).isFalse();
  }

  @Test
  void nullIsTheDefaultWhereThatIsNothingAndWrongElsewhere() {
    Map<String, Object> settings = producer();
    settings.put("transactional.id", null);
    assertThat(SettingTables.producer().parse(settings).optionalText("transactional.id")).isNull();

    settings.put("linger.ms", null);
    assertThatThrownBy(() -> SettingTables.producer().parse(settings))
        .hasMessageContaining("linger.ms must not be null");
  }

  @Test
  void createsAndConfiguresAPlugInGivenByNameOrClass() {
    for (Object given : List.of(KeepingPartitioner.class.getName(), KeepingPartitioner.class)) {
      ParsedSettings settings = parsed("partitioner.class", given, "of.mine", 5);
      Partitioner plugin = settings.plugin("partitioner.class", Partitioner.class);

      Map<String, ?> configured =
          plugin instanceof KeepingPartitioner keeping ? keeping.configured : Map.of();
      assertThat(configured.get("of.mine")).isEqualTo(5);
      assertThat(configured.get("client.id")).isEqualTo(settings.clientId());
    }
  }

  @Test
  void takesAnInstanceAsItIs() {
    KeepingPartitioner mine = new KeepingPartitioner();

    ParsedSettings settings = parsed("partitioner.class", mine);

    assertThat(settings.plugin("partitioner.class", Partitioner.class)).isSameAs(mine);
    assertThat(mine.configured).isEmpty();
  }

  @Test
  void anInstanceHandedOverSatisfiesARequiredKey() {
    Map<String, Object> given = producer();
    given.remove("key.serializer");
    TextSerializer mine = new TextSerializer();

    ParsedSettings settings = SettingTables.producer().parse(given, Map.of("key.serializer", mine));

    assertThat(settings.plugin("key.serializer", Serializer.class)).isSameAs(mine);
    assertThat(settings.originals().get("key.serializer")).isEqualTo(TextSerializer.class);
  }

  @Test
  void refusesAPlugInOfAnotherTypeAndOneThatDoesNotExist() {
    assertThatThrownBy(
            () ->
                parsed(
                    "key.serializer",
                    "org.apache.kafka.common.serialization.StringSerializer",
                    "value.serializer",
                    "no.such.Thing",
                    "partitioner.class",
                    42,
                    "interceptor.classes",
                    "org.apache.kafka.no.such.Interceptor",
                    "linger.ms",
                    "5ms"))
        .hasMessageContaining("try io.millstream.common.serialization.StringSerializer")
        .hasMessageContaining("it has no such class")
        .hasMessageContaining("linger.ms = 5ms must be a whole number\n")
        .hasMessageContaining("value.serializer = no.such.Thing must name a class that can be")
        .hasMessageContaining(
            "partitioner.class = 42 must be a class name, a class or an instance");
  }

  @Test
  void saysWhyAPlugInCannotBeCreated() {
    assertThatThrownBy(
            () ->
                parsed("partitioner.class", FailingPartitioner.class)
                    .plugin("partitioner.class", Partitioner.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("partitioner.class")
        .hasMessageContaining("no way");
    assertThatThrownBy(
            () ->
                parsed("partitioner.class", DemandingPartitioner.class)
                    .plugin("partitioner.class", Partitioner.class))
        .hasMessageContaining("no public constructor without parameters");
  }

  @Test
  void closesThePlugInsBeforeOneThatCannotBeCreated() {
    List<String> closed = new ArrayList<>();
    AutoCloseable given = () -> closed.add("given");
    Created.CLOSED.clear();

    assertThatThrownBy(
            () ->
                Plugins.instances(
                    "key",
                    List.of(Created.class, given, FailingPartitioner.class),
                    AutoCloseable.class,
                    plugin -> {}))
        .isInstanceOf(ConfigException.class);

    assertThat(Created.CLOSED).containsExactly("created");
    assertThat(closed).isEmpty();
  }

  /** Notes that it was closed. */
  public static class Created implements AutoCloseable {
    static final List<String> CLOSED = new ArrayList<>();

    @Override
    public void close() {
      CLOSED.add("created");
    }
  }

  @Test
  void timesStayAddableToAClock() {
    ParsedSettings settings = parsed("max.block.ms", Long.MAX_VALUE, "connections.max.idle.ms", -1);

    assertThat(settings.nanos("max.block.ms")).isEqualTo(TimeUnit.DAYS.toNanos(36_500));
    assertThat(Long.MAX_VALUE / 2 + settings.nanos("max.block.ms")).isPositive();
    assertThat(settings.nanos("connections.max.idle.ms")).isEqualTo(-1_000_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:9092",
        "[::1]:9092",
        "[fe80::1%eth0]:9092",
        "10.0.0.1:1",
        "broker-1.example.org:65535",
        "PLAINTEXT://broker:9092"
      })
  void takesWellFormedServers(String server) {
    assertThat(parsed("bootstrap.servers", server).servers("bootstrap.servers")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:",
        ":9092",
        "localhost:0",
        "localhost:65536",
        "localhost:99999999999",
        "::1:9092",
        "[localhost]:9092",
        "local host:9092",
        "localhost:9092;other:9092",
        "a:1,",
        ",",
        "",
        "http://localhost:9092/"
      })
  void refusesServersThatAreNotWellFormed(String server) {
    assertThatThrownBy(() -> parsed("bootstrap.servers", server))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("bootstrap.servers = " + server.trim());
  }

  @Test
  void anUnknownKeyOfTheTableIsAnErrorOfTheProgram() {
    assertThatThrownBy(() -> parsed().text("group.id"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> parsed().integer("linger.ms"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> parsed().text("linger.ms"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

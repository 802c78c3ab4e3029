package io.millstream.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.admin.AdminClientConfig;
import io.millstream.clients.consumer.ConsumerConfig;
import io.millstream.clients.producer.ProducerConfig;
import io.millstream.common.config.AbstractConfig;
import io.millstream.common.config.ConfigDef;
import io.millstream.common.config.ConfigException;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.settings.Setting;
import io.millstream.settings.SettingTable;
import io.millstream.settings.SettingTables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientConfigsTest {

  record Client(SettingTable table, ConfigDef definition, Iterable<String> names) {
    @Override
    public String toString() {
      return table.client();
    }
  }

  static Stream<Client> clients() {
    return Stream.of(
        new Client(
            SettingTables.producer(), ProducerConfig.configDef(), ProducerConfig.configNames()),
        new Client(
            SettingTables.consumer(), ConsumerConfig.configDef(), ConsumerConfig.configNames()),
        new Client(
            SettingTables.admin(), AdminClientConfig.configDef(), AdminClientConfig.configNames()));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void definitionsAreThoseOfTheTable(Client client) {
    assertThat(client.names).containsExactlyElementsOf(client.table.keys());
    assertThat(client.definition.names()).containsExactlyElementsOf(client.table.keys());
    for (Setting setting : client.table.settings()) {
      ConfigDef.ConfigKey key =
          Objects.requireNonNull(client.definition.configKeys().get(setting.key()));
      assertThat(key.type).hasToString(setting.shape().type().kafkaName());
      assertThat(key.importance).hasToString(setting.importance().name());
      assertThat(key.documentation).isEqualTo(setting.doc()).isNotEmpty();
      assertThat(key.hasDefault()).isEqualTo(!setting.shape().required());
      if (key.hasDefault() && setting.support().built()) {
        assertThat(ConfigDef.convertToString(key.defaultValue, key.type))
            .isEqualTo(ConfigDef.convertToString(setting.shape().standard(), key.type));
      }
    }
  }

  private static Map<String, Object> needed(String kafka) {
    Map<String, Object> needed = new HashMap<>();
    needed.put("bootstrap.servers", "localhost:1");
    needed.put("client.id", "me");
    for (String side : List.of("key", "value")) {
      needed.put(side + ".serializer", kafka + ".common.serialization.StringSerializer");
      needed.put(side + ".deserializer", kafka + ".common.serialization.StringDeserializer");
    }
    return needed;
  }

  private static Map<String, Object> with(String kafka, Map<String, ?> more) {
    Map<String, Object> all = needed(kafka);
    all.putAll(more);
    return all;
  }

  private static String values(Map<String, ?> values) {
    Map<String, @Nullable Object> shown = new TreeMap<>(values);
    // Not built here, or in another spelling.
    shown.keySet().removeAll(OTHER);
    return shown.toString().replace("org.apache.kafka", "io.millstream");
  }

  private static final String ASSIGNORS = "partition.assignment.strategy";

  private static final List<String> OTHER =
      List.of(
          "acks",
          "partition.assignment.strategy",
          "sasl.oauthbearer.jwt.retriever.class",
          "sasl.oauthbearer.jwt.validator.class",
          "metadata.recovery.strategy",
          "fetch.max.decompressed.batch.bytes",
          "fetch.buffer.max.bytes");

  @Test
  void aProducersSettingsAreParsedAsByApaches() {
    for (Map<String, Object> more :
        List.<Map<String, Object>>of(
            Map.of(),
            Map.of("linger.ms", " 70 ", "acks", "1"),
            Map.of("request.timeout.ms", "20000"),
            Map.of("retries", 0),
            Map.of("transactional.id", "t", "interceptor.classes", List.of()))) {
      AbstractConfig ours = new ProducerConfig(with("io.millstream", more));
      org.apache.kafka.common.config.AbstractConfig theirs =
          new org.apache.kafka.clients.producer.ProducerConfig(with("org.apache.kafka", more));
      assertThat(values(ours.values())).isEqualTo(values(theirs.nonInternalValues()));
    }
  }

  @Test
  void aConsumersSettingsAreParsedAsByApaches() {
    for (Map<String, Object> more :
        List.<Map<String, Object>>of(Map.of(), Map.of("group.id", "g", "fetch.min.bytes", "7"))) {
      AbstractConfig ours = new ConsumerConfig(with("io.millstream", more));
      org.apache.kafka.common.config.AbstractConfig theirs =
          new org.apache.kafka.clients.consumer.ConsumerConfig(with("org.apache.kafka", more));
      assertThat(values(ours.values())).isEqualTo(values(theirs.nonInternalValues()));
    }
  }

  @Test
  void anAdminClientsSettingsAreParsedAsByApaches() {
    AbstractConfig ours = new AdminClientConfig(needed("io.millstream"));
    org.apache.kafka.common.config.AbstractConfig theirs =
        new org.apache.kafka.clients.admin.AdminClientConfig(needed("org.apache.kafka"));
    assertThat(values(ours.values())).isEqualTo(values(theirs.nonInternalValues()));
  }

  @Test
  void aProducerWithoutClientIdHasOne() {
    Map<String, Object> settings = needed("io.millstream");
    settings.remove("client.id");
    assertThat(new ProducerConfig(settings).getString("client.id")).startsWith("producer-");
  }

  @Test
  void keysThatPlugInsReadAreKept() {
    ProducerConfig config = new ProducerConfig(with("io.millstream", Map.of("my.key", 5)));
    assertThat(config.originals()).containsEntry("my.key", 5);
    assertThat(config.getClass("key.serializer")).isEqualTo(StringSerializer.class);
    assertThat(config.getConfiguredInstance("key.serializer", StringSerializer.class)).isNotNull();
  }

  @Test
  void aDefaultOfClassesIsReadAsTheirNames() {
    List<String> names = new ConsumerConfig(needed("io.millstream")).getList(ASSIGNORS);
    assertThat(Objects.requireNonNull(names))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(name).startsWith("io.millstream."));
  }

  @Test
  void propertiesWillDo() {
    Properties properties = new Properties();
    needed("io.millstream").forEach((key, value) -> properties.setProperty(key, (String) value));
    assertThat(new ProducerConfig(properties).getLong("linger.ms")).isEqualTo(5);
    assertThat(new ConsumerConfig(properties).getInt("max.poll.records")).isEqualTo(500);
  }

  @Test
  void aWrongValueIsRefusedWithItsRule() {
    assertThatThrownBy(() -> new ProducerConfig(with("io.millstream", Map.of("linger.ms", -1))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("linger.ms")
        .hasMessageContaining("at least 0");
  }

  @Test
  void aDefinitionHoldsTheRulesOfTheTable() {
    ConfigDef definition = ProducerConfig.configDef();
    Map<String, Object> settings = with("io.millstream", Map.of("linger.ms", -1));
    assertThatThrownBy(() -> definition.parse(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("linger.ms")
        .hasMessageContaining("at least 0");
  }

  @Test
  void aDefaultIsRaisedAsInAProducer() {
    ProducerConfig config =
        new ProducerConfig(with("io.millstream", Map.of("request.timeout.ms", 200_000)));
    assertThat(config.getInt("delivery.timeout.ms")).isEqualTo(200_005);
  }

  @Test
  void rulesAmongKeysCount() {
    Map<String, Object> settings =
        with("io.millstream", Map.of("enable.idempotence", true, "acks", "1"));
    assertThatThrownBy(() -> new ProducerConfig(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("acks");
  }
}

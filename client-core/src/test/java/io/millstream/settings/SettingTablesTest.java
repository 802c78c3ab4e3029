package io.millstream.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.RangeAssignor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables against Apache's definitions. */
class SettingTablesTest {

  /** Our own, which Apache's client does not know. */
  private static final Set<String> OWN =
      Set.of("fetch.max.decompressed.batch.bytes", "fetch.buffer.max.bytes");

  /** Defaults that differ, with the reason. */
  private static final Map<String, Object> OTHER_DEFAULTS =
      Map.of(
          // CooperativeStickyAssignor does not exist yet; both sides agree on range.
          "partition.assignment.strategy", List.of(RangeAssignor.class));

  record Client(SettingTable table, ConfigDef oracle) {
    @Override
    public String toString() {
      return table.client();
    }
  }

  static Stream<Client> clients() {
    return Stream.of(
        new Client(SettingTables.producer(), ProducerConfig.configDef()),
        new Client(SettingTables.consumer(), ConsumerConfig.configDef()),
        new Client(SettingTables.admin(), AdminClientConfig.configDef()));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void everyPublicKeyOfApacheIsInTheTableAndNoOther(Client client) {
    Set<String> keys = new TreeSet<>();
    client.table.settings().forEach(setting -> keys.add(setting.key()));
    keys.removeAll(OWN);

    Set<String> expected = new TreeSet<>();
    for (ConfigDef.ConfigKey key : client.oracle.configKeys().values()) {
      if (!key.internalConfig) {
        expected.add(key.name);
      }
    }
    assertThat(keys).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void typeDefaultAndImportanceAreThoseOfApache(Client client) {
    List<String> differences = new ArrayList<>();
    for (Setting setting : client.table.settings()) {
      ConfigDef.ConfigKey key = client.oracle.configKeys().get(setting.key());
      if (key == null) {
        continue;
      }
      Setting.Shape shape = setting.shape();
      compare(differences, setting, "type", shape.type().kafkaName(), key.type().name());
      compare(differences, setting, "required", shape.required(), !key.hasDefault());
      compare(
          differences, setting, "importance", setting.importance().name(), key.importance.name());
      if (key.hasDefault()) {
        compare(
            differences, setting, "default", plain(shape.standard()), plain(expectedDefault(key)));
      }
    }
    assertThat(differences).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void boundariesAreThoseOfApache(Client client) {
    List<String> differences = new ArrayList<>();
    for (Setting setting : client.table.settings()) {
      ConfigDef.ConfigKey key = client.oracle.configKeys().get(setting.key());
      if (key == null || !(setting.shape().standard() instanceof Number)) {
        continue;
      }
      for (String value : NUMBERS) {
        compare(differences, setting, value, isTaken(setting, value), isTaken(key, value));
      }
    }
    assertThat(differences).isEmpty();
  }

  private static final List<String> NUMBERS =
      List.of(
          "-131073",
          "-131072",
          "-2",
          "-1",
          "0",
          "1",
          "9",
          "10",
          "17",
          "18",
          "22",
          "23",
          "0.49",
          "0.5",
          "1.0",
          "1.01",
          "0.25",
          "0.26",
          "900",
          "901",
          "3600",
          "3601",
          "4999",
          "5000",
          "86400",
          "86401",
          "32767",
          "32768",
          "2147483647",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "x",
          "",
          "1 2",
          "0x10",
          "1L");

  @ParameterizedTest
  @MethodSource("clients")
  void wordsAreTakenAsApacheTakesThem(Client client) {
    List<String> differences = new ArrayList<>();
    for (Setting setting : client.table.settings()) {
      ConfigDef.ConfigKey key = client.oracle.configKeys().get(setting.key());
      ValueType type = setting.shape().type();
      if (key == null || (type != ValueType.STRING && type != ValueType.BOOLEAN)) {
        continue;
      }
      for (String value : WORDS) {
        for (String spelling :
            List.of(value, value.toUpperCase(Locale.ROOT), value.toLowerCase(Locale.ROOT))) {
          compare(differences, setting, value, isTaken(setting, spelling), isTaken(key, spelling));
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  private static final List<String> WORDS =
      List.of(
          "true",
          "false",
          "yes",
          "all",
          "-1",
          "0",
          "1",
          "2",
          " 1 ",
          "none",
          "gzip",
          "snappy",
          "lz4",
          "zstd",
          "brotli",
          "INFO",
          "TRACE",
          "WARN",
          "use_all_dns_ips",
          "default",
          "resolve_canonical_bootstrap_servers_only",
          "SASL_SSL",
          "PLAINTEXT",
          "rebootstrap",
          "earliest",
          "latest",
          "by_duration:PT1H",
          "by_duration:-PT1H",
          "by_duration:x",
          "by_duration:",
          "read_committed",
          "read_uncommitted",
          "classic",
          "consumer",
          "streams",
          "implicit",
          "explicit",
          "batch_optimized",
          "record_limit",
          "ES256",
          "RS512",
          "");

  private static boolean isTaken(Setting setting, String value) {
    try {
      ValueParser.parse(setting, value);
      return true;
    } catch (WrongValueException e) {
      return false;
    }
  }

  private static boolean isTaken(ConfigDef.ConfigKey key, String value) {
    try {
      Object parsed = ConfigDef.parseType(key.name, value, key.type());
      if (key.validator != null) {
        key.validator.ensureValid(key.name, parsed);
      }
      return true;
    } catch (org.apache.kafka.common.config.ConfigException e) {
      return false;
    }
  }

  private static void compare(
      List<String> differences, Setting setting, String what, Object ours, Object theirs) {
    if (!ours.equals(theirs)) {
      differences.add("%s %s: ours %s, Apache's %s".formatted(setting.key(), what, ours, theirs));
    }
  }

  private static @Nullable Object expectedDefault(ConfigDef.ConfigKey key) {
    return OTHER_DEFAULTS.getOrDefault(key.name, key.defaultValue);
  }

  /** Makes values of both sides comparable. */
  private static Object plain(@Nullable Object value) {
    return String.valueOf(value)
        .replace("org.apache.kafka.", "io.millstream.")
        .replace("class ", "");
  }
}

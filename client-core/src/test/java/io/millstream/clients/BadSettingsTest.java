package io.millstream.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millstream.clients.admin.Admin;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.clients.producer.KafkaProducer;
import io.millstream.common.config.ConfigException;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.common.serialization.StringSerializer;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong settings at the door of each client: nothing is started, and the error says what to do. */
class BadSettingsTest {

  record Client(String name, Consumer<Properties> open) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Client> clients() {
    return Stream.of(
        new Client("producer", properties -> new KafkaProducer<>(properties).close()),
        new Client("consumer", properties -> new KafkaConsumer<>(properties).close()),
        new Client("admin client", properties -> Admin.create(properties).close()));
  }

  private static Properties properties(Map<String, String> more) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", "localhost:9092");
    properties.put("key.serializer", StringSerializer.class.getName());
    properties.put("value.serializer", StringSerializer.class.getName());
    properties.put("key.deserializer", StringDeserializer.class.getName());
    properties.put("value.deserializer", StringDeserializer.class.getName());
    properties.putAll(more);
    return properties;
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("millstream-") && name.contains("bad-settings"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void wrongValuesAreReportedTogether(Client client) {
    Properties wrong =
        properties(
            Map.of(
                "client.id", "bad-settings",
                "request.timeout.ms", "soon",
                "reconnect.backoff.ms", "-1",
                "bootstrap.servers", "localhost"));

    assertThatThrownBy(() -> client.open.accept(wrong))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("3 settings of the " + client.name)
        .hasMessageContaining("request.timeout.ms = soon must be a whole number")
        .hasMessageContaining("reconnect.backoff.ms = -1 must be at least 0")
        .hasMessageContaining("bootstrap.servers = localhost must be at least one host:port");
    assertThat(threads()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void whatIsNotBuiltYetIsRefusedByName(Client client) {
    Properties refused =
        properties(
            Map.of(
                "client.id", "bad-settings",
                "security.protocol", "SASL_SSL",
                "sasl.jaas.config", "org.example.Login required password=\"geheim\";"));

    assertThatThrownBy(() -> client.open.accept(refused))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("security.protocol = SASL_SSL is not built yet")
        .hasMessageContaining("sasl.jaas.config = [hidden] is not built yet")
        .hasMessageNotContaining("geheim");
    assertThat(threads()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aClassThatDoesNotExistIsReported(Client client) {
    assumeThat(client.name).as("an admin client has no plug-ins").isNotEqualTo("admin client");
    String side = client.name.equals("producer") ? "serializer" : "deserializer";
    Properties wrong = properties(Map.of("client.id", "bad-settings", "key." + side, "no.such"));

    assertThatThrownBy(() -> client.open.accept(wrong))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("key." + side + " = no.such must name a class that can be loaded");
    assertThat(threads()).isEmpty();
  }
}

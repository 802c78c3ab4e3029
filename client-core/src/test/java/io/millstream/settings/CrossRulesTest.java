package io.millstream.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.config.ConfigException;
import io.millstream.common.serialization.Deserializer;
import io.millstream.common.serialization.Serializer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

/** Rules among keys, against Apache's where Apache checks them in the configuration. */
class CrossRulesTest {

  private static final String STRINGS = "org.apache.kafka.common.serialization.String";

  private static Map<String, Object> settings(Object... entries) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("bootstrap.servers", "localhost:9092");
    for (int i = 0; i < entries.length; i += 2) {
      settings.put((String) entries[i], entries[i + 1]);
    }
    return settings;
  }

  private static ParsedSettings producer(Map<String, Object> settings) {
    Serializer<String> serializer = (topic, text) -> new byte[0];
    return SettingTables.producer()
        .parse(settings, Map.of("key.serializer", serializer, "value.serializer", serializer));
  }

  private static ParsedSettings consumer(Map<String, Object> settings) {
    Deserializer<String> deserializer = (topic, bytes) -> "";
    return SettingTables.consumer()
        .parse(
            settings, Map.of("key.deserializer", deserializer, "value.deserializer", deserializer));
  }

  @Test
  void idempotenceIsDecidedAsApacheDecidesIt() {
    List<String> acks = List.of("-", "all", "-1", "0", "1");
    List<String> retries = List.of("-", "0", "1");
    List<String> inFlight = List.of("-", "1", "5", "6");
    List<String> idempotence = List.of("-", "true", "false");
    for (String ack : acks) {
      for (String retry : retries) {
        for (String flight : inFlight) {
          for (String on : idempotence) {
            Map<String, Object> given = settings();
            put(given, "acks", ack);
            put(given, "retries", retry);
            put(given, "max.in.flight.requests.per.connection", flight);
            put(given, "enable.idempotence", on);
            assertThat(ours(given)).as(given.toString()).isEqualTo(theirs(given));
          }
        }
      }
    }
  }

  private static void put(Map<String, Object> settings, String key, String value) {
    if (!value.equals("-")) {
      settings.put(key, value);
    }
  }

  private static String ours(Map<String, Object> given) {
    try {
      return String.valueOf(producer(given).flag("enable.idempotence"));
    } catch (ConfigException e) {
      return "refused";
    }
  }

  private static String theirs(Map<String, Object> given) {
    Map<String, Object> settings = new TreeMap<>(given);
    settings.put("key.serializer", STRINGS + "Serializer");
    settings.put("value.serializer", STRINGS + "Serializer");
    try {
      return String.valueOf(new ProducerConfig(settings).getBoolean("enable.idempotence"));
    } catch (org.apache.kafka.common.config.ConfigException e) {
      return "refused";
    }
  }

  @Test
  void autoCommitIsDecidedAsApacheDecidesIt() {
    for (String group : List.of("-", "g")) {
      for (String auto : List.of("-", "true", "false")) {
        Map<String, Object> given = settings();
        put(given, "group.id", group);
        put(given, "enable.auto.commit", auto);
        assertThat(autoCommit(given)).as(given.toString()).isEqualTo(theirAutoCommit(given));
      }
    }
  }

  private static String autoCommit(Map<String, Object> given) {
    try {
      return String.valueOf(consumer(given).flag("enable.auto.commit"));
    } catch (ConfigException e) {
      return "refused";
    }
  }

  private static String theirAutoCommit(Map<String, Object> given) {
    Map<String, Object> settings = new TreeMap<>(given);
    settings.put("key.deserializer", STRINGS + "Deserializer");
    settings.put("value.deserializer", STRINGS + "Deserializer");
    try {
      return String.valueOf(new ConsumerConfig(settings).getBoolean("enable.auto.commit"));
    } catch (org.apache.kafka.common.errors.InvalidConfigurationException e) {
      return "refused";
    }
  }

  @Test
  void deliveryMustCoverLingerAndRequestWhereItIsGiven() {
    assertThat(producer(settings("delivery.timeout.ms", 30_005)).number("delivery.timeout.ms"))
        .isEqualTo(30_005);
    assertThatThrownBy(() -> producer(settings("delivery.timeout.ms", 30_004)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("delivery.timeout.ms = 30004 must be at least")
        .hasMessageContaining("30005");
  }

  @Test
  void transactionsOfTwoPhasesHaveAnIdAndNoTimeOut() {
    String twoPhases = "transaction.two.phase.commit.enable";
    assertThat(producer(settings(twoPhases, true, "transactional.id", "a")).flag(twoPhases))
        .isTrue();
    producer(settings(twoPhases, false, "transaction.timeout.ms", 1_000));
    assertThatThrownBy(() -> producer(settings(twoPhases, true)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("needs a transactional.id");
    assertThatThrownBy(
            () ->
                producer(
                    settings(
                        twoPhases, true, "transactional.id", "a", "transaction.timeout.ms", 1_000)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("transaction.timeout.ms = 1000 does not apply");
  }

  @Test
  void deliveryIsRaisedWhereItIsNotGiven() {
    assertThat(producer(settings("linger.ms", 200_000)).integer("delivery.timeout.ms"))
        .isEqualTo(230_000);
    assertThat(producer(settings("linger.ms", Long.MAX_VALUE)).integer("delivery.timeout.ms"))
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void heartbeatsMustBeMoreFrequentThanTheSessionEnds() {
    consumer(settings("heartbeat.interval.ms", 5999, "session.timeout.ms", 6000));
    assertThatThrownBy(
            () -> consumer(settings("heartbeat.interval.ms", 6000, "session.timeout.ms", 6000)))
        .hasMessageContaining("heartbeat.interval.ms = 6000 must be less than session.timeout.ms");
  }

  @Test
  void anEmptyGroupIsRefusedAndAnInstanceNeedsAGroup() {
    assertThatThrownBy(() -> consumer(settings("group.id", " ")))
        .hasMessageContaining("group.id = \"\" must not be empty");
    assertThatThrownBy(() -> consumer(settings("group.instance.id", "i")))
        .hasMessageContaining("group.instance.id = i needs a group.id");
    assertThat(consumer(settings("group.id", "g", "group.instance.id", "i")).clientId())
        .isEqualTo("consumer-g-i");
  }

  @Test
  void adminNeedsServersAndTimeForOneRequest() {
    assertThatThrownBy(() -> SettingTables.admin().parse(Map.of()))
        .hasMessageContaining("bootstrap.servers is required");
    assertThatThrownBy(
            () ->
                SettingTables.admin()
                    .parse(settings("default.api.timeout.ms", 1000, "request.timeout.ms", 1001)))
        .hasMessageContaining("default.api.timeout.ms = 1000 must be at least request.timeout.ms");
    assertThat(
            SettingTables.admin()
                .parse(settings("request.timeout.ms", 90_000))
                .integer("default.api.timeout.ms"))
        .isEqualTo(90_000);
  }

  @Test
  void rackAwareProducerNeedsARack() {
    producer(settings("partitioner.rack.aware", true, "client.rack", "here"));
    for (String rack : List.of("", " ")) {
      assertThatThrownBy(
              () -> producer(settings("partitioner.rack.aware", true, "client.rack", rack)))
          .hasMessageContaining("partitioner.rack.aware = true needs client.rack");
      Map<String, Object> theirs = settings("partitioner.rack.aware", true, "client.rack", rack);
      theirs.put("key.serializer", STRINGS + "Serializer");
      theirs.put("value.serializer", STRINGS + "Serializer");
      assertThatThrownBy(() -> new KafkaProducer<>(theirs).close())
          .hasRootCauseMessage("client.rack must be provided if partitioner.rack.aware is enabled");
    }
  }

  @Test
  void clientsAreNamedLikeKafkasUnlessTheApplicationDoes() {
    assertThat(producer(settings()).clientId()).matches("producer-\\d+");
    assertThat(producer(settings("client.id", "")).clientId()).matches("producer-\\d+");
    assertThat(producer(settings("client.id", "mine")).clientId()).isEqualTo("mine");
    assertThat(consumer(settings("group.id", "g")).clientId()).matches("consumer-g-\\d+");
    assertThat(consumer(settings()).clientId()).matches("consumer-\\d+");
    assertThat(SettingTables.admin().parse(settings()).clientId()).matches("adminclient-\\d+");
  }

  @Test
  void noNumberOfOneKeyHidesARuleThatItBreaks() {
    Random random = new Random(4);
    for (int i = 0; i < 1000; i++) {
      int delivery = random.nextInt(100);
      int linger = random.nextInt(50);
      int request = random.nextInt(50);
      boolean taken = true;
      try {
        producer(
            settings(
                "delivery.timeout.ms",
                delivery,
                "linger.ms",
                linger,
                "request.timeout.ms",
                request));
      } catch (ConfigException e) {
        taken = false;
      }
      assertThat(taken).isEqualTo(delivery >= linger + request);
    }
  }
}

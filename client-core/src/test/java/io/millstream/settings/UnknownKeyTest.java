package io.millstream.settings;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millstream.common.serialization.Serializer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged of settings: misspelt keys, all values, and never a secret. */
class UnknownKeyTest {

  private final Logger logger =
      (Logger) LoggerFactory.getLogger(SettingTable.class.getPackageName());
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();
  private Level before = Level.INFO;

  @BeforeEach
  void listen() {
    before = logger.getLevel();
    logger.setLevel(Level.DEBUG);
    events.start();
    logger.addAppender(events);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(events);
    logger.setLevel(before);
  }

  private List<String> logged(Level level) {
    return events.list.stream()
        .filter(event -> event.getLevel() == level)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void aMisspeltKeyIsAWarningThatNamesTheNearestOne() {
    SettingTables.admin()
        .parse(Map.of("bootstrap.servers", "h:1", "request.timout.ms", "secret-value"));

    assertThat(logged(Level.WARN))
        .singleElement()
        .asString()
        .contains("request.timout.ms", "admin client", "nearest known one is request.timeout.ms")
        .doesNotContain("secret-value");
  }

  @Test
  void aKeyOfAnotherClientIsCalledThat() {
    SettingTables.admin().parse(Map.of("bootstrap.servers", "h:1", "group.id", "g"));

    assertThat(logged(Level.WARN))
        .singleElement()
        .asString()
        .contains("group.id", "it is one of the consumer");
  }

  @Test
  void aKeyLikeNoOtherGetsNoGuess() {
    SettingTables.admin().parse(Map.of("bootstrap.servers", "h:1", "my.own.plugin.key", "x"));

    assertThat(logged(Level.WARN)).singleElement().asString().contains("no known one is like it");
  }

  @Test
  void knownKeysWarnOfNothingAndAllSettingsAreLoggedAtDebug() {
    SettingTables.admin().parse(Map.of("bootstrap.servers", "h:1", "client.id", "me"));

    assertThat(logged(Level.WARN)).isEmpty();
    assertThat(logged(Level.DEBUG))
        .singleElement()
        .asString()
        .contains("me", "bootstrap.servers=h:1", "request.timeout.ms=30000");
  }

  @Test
  void aLimitBelowTheFirstWaitIsAWarning() {
    SettingTables.admin()
        .parse(
            Map.of("bootstrap.servers", "h:1", "retry.backoff.max.ms", 5, "retry.backoff.ms", 6));

    assertThat(logged(Level.WARN)).singleElement().asString().contains("retry.backoff.max.ms=5");
  }

  @Test
  void distanceCountsInsertionsRemovalsReplacementsAndSwaps() {
    assertThat(NearestKey.distance("acks", "acks")).isZero();
    assertThat(NearestKey.distance("ack", "acks")).isEqualTo(1);
    assertThat(NearestKey.distance("ackss", "acks")).isEqualTo(1);
    assertThat(NearestKey.distance("axks", "acks")).isEqualTo(1);
    assertThat(NearestKey.distance("akcs", "acks")).isEqualTo(1);
    assertThat(NearestKey.distance("", "acks")).isEqualTo(4);
    assertThat(NearestKey.of(SettingTables.producer(), "LINGER_MS")).isEqualTo("linger.ms");
    assertThat(NearestKey.of(SettingTables.producer(), "bootstrap.server"))
        .isEqualTo("bootstrap.servers");
  }

  private static void parseProducer(String... settings) {
    Map<String, Object> all = new TreeMap<>(Map.of("bootstrap.servers", "h:1", "client.id", "p"));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    Serializer<String> serializer = (topic, text) -> new byte[0];
    SettingTables.producer()
        .parse(all, Map.of("key.serializer", serializer, "value.serializer", serializer));
  }

  @Test
  void aSettingOfPartitioningThatHasNoEffectIsAWarning() {
    parseProducer("partitioner.availability.timeout.ms", "100");
    assertThat(logged(Level.WARN)).isEmpty();

    parseProducer(
        "partitioner.availability.timeout.ms",
        "100",
        "partitioner.adaptive.partitioning.enable",
        "false");
    assertThat(logged(Level.WARN))
        .containsExactly(
            "p: partitioner.availability.timeout.ms has no effect without"
                + " partitioner.adaptive.partitioning.enable");
    events.list.clear();

    parseProducer(
        "partitioner.class",
        "io.millstream.clients.producer.RoundRobinPartitioner",
        "partitioner.ignore.keys",
        "true");
    assertThat(logged(Level.WARN))
        .containsExactly("p: partitioner.ignore.keys has no effect with partitioner.class");
  }
}

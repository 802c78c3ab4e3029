package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.common.InvalidRecordException;
import io.millstream.common.KafkaException;
import io.millstream.common.errors.RecordTooLargeException;
import io.millstream.common.errors.TimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What accumulator and sender promise, seen with whole producers. */
class SendingPromisesTest {

  private static final byte[] KEY = {7};

  private final SettingsWorld world = new SettingsWorld();

  @Test
  void fullPartitionHoldsUpNoOther() {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer(
            "max.request.size",
            1_000,
            "batch.size",
            900,
            "linger.ms",
            0,
            "acks",
            "1",
            "enable.idempotence",
            false,
            "max.in.flight.requests.per.connection",
            1);
    // Six partitions on three brokers: each broker has a full one and one with a single record.
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int partition = i % 3;
      producer.send(
          new ProducerRecord<>(SettingsWorld.TOPIC, partition, null, new byte[300]),
          (metadata, exception) -> order.add(metadata.partition()));
    }
    for (int partition = 3; partition < 6; partition++) {
      producer.send(
          new ProducerRecord<>(SettingsWorld.TOPIC, partition, null, new byte[300]),
          (metadata, exception) -> order.add(metadata.partition()));
    }
    producer.flush();
    assertThat(order).hasSize(303);
    // Two records fit into a request: behind one or two of them comes the other partition.
    for (int partition = 3; partition < 6; partition++) {
      assertThat(order.indexOf(partition)).as("partition %d", partition).isLessThan(30);
    }
  }

  @Test
  void batchThatIsTooLargeForTheTopicIsSplitAndSentAgain() {
    world.cluster.createTopic("small", 1, Map.of("max.message.bytes", "1000"));
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer("linger.ms", 50, "batch.size", 16_384);
    List<String> sent = new ArrayList<>();
    Map<String, Long> offsets = new TreeMap<>();
    List<Exception> failures = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      // One of them is too large alone.
      String value = i + "x".repeat(i == 50 ? 2_000 : 100);
      if (i != 50) {
        sent.add(value);
      }
      producer.send(
          new ProducerRecord<>("small", value.getBytes(StandardCharsets.UTF_8)),
          (metadata, exception) -> {
            if (exception == null) {
              offsets.put(value, metadata.offset());
            } else {
              failures.add(exception);
            }
          });
    }
    producer.flush();
    assertThat(failures).hasSize(1).hasOnlyElementsOfType(RecordTooLargeException.class);
    List<String> stored =
        world.cluster.records("small", 0).stream()
            .map(record -> new String(record.value(), StandardCharsets.UTF_8))
            .toList();
    assertThat(stored).isEqualTo(sent);
    assertThat(offsets).hasSize(99);
    offsets.forEach((value, offset) -> assertThat(stored.get(offset.intValue())).isEqualTo(value));
  }

  @Test
  void errorsOfSingleRecordsReachTheirCallbacks() {
    world.cluster.createTopic("compacted", 1, Map.of("cleanup.policy", "compact"));
    KafkaProducer<byte[], byte[]> producer = world.readyProducer("linger.ms", 50);
    Map<Integer, Exception> failures = new TreeMap<>();
    for (int i = 0; i < 7; i++) {
      int number = i;
      producer.send(
          new ProducerRecord<>("compacted", 0, i % 3 == 1 ? null : KEY, new byte[1]),
          (metadata, exception) -> failures.put(number, exception));
    }
    producer.flush();
    assertThat(failures).hasSize(7);
    failures.forEach(
        (number, failure) -> {
          if (number % 3 == 1) {
            assertThat(failure)
                .isExactlyInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("compacted-0")
                .hasMessageContaining("takes no record without a key");
          } else {
            assertThat(failure)
                .isExactlyInstanceOf(KafkaException.class)
                .hasMessageContaining("2 others of its batch were refused");
          }
        });
    // The partition goes on.
    producer.send(
        new ProducerRecord<>("compacted", 0, KEY, new byte[1]),
        (metadata, exception) -> failures.put(7, exception));
    producer.flush();
    assertThat(failures.get(7)).isNull();
    assertThat(world.cluster.records("compacted", 0)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"13, 1", "10, 1", "9, 0"})
  void leaderThatAnAnswerNamesIsAskedWithoutNewMetadata(int produceVersion, int acknowledged) {
    world.cluster.limitVersion("Produce", produceVersion);
    KafkaProducer<byte[], byte[]> producer = world.readyProducer("linger.ms", 0);
    int leader = world.cluster.leader(SettingsWorld.TOPIC, 0);
    world.cluster.moveLeader(SettingsWorld.TOPIC, 0, leader % 3 + 1);
    world.cluster.refuse("Metadata", "LEADER_NOT_AVAILABLE", 1_000_000);
    world.send(producer, 0, new byte[1]);
    world.run(5_000);
    assertThat(world.acknowledged).isEqualTo(acknowledged);
    if (acknowledged == 1) {
      assertThat(world.moments(" PRODUCE \\d+ asked")).hasSize(2).allMatch(at -> at < 20);
    }
  }

  @Test
  void nothingIsWrittenToABrokerThatAsksForQuietAndToOthersAsEver() {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer("linger.ms", 0, "metadata.max.age.ms", 3_600_000);
    world.cluster.throttle("Produce", Duration.ofSeconds(2), 1);
    world.send(producer, 0, new byte[1]);
    world.run(100);
    assertThat(world.acknowledged).isEqualTo(1);
    world.begin();
    for (int partition = 0; partition < SettingsWorld.PARTITIONS; partition++) {
      world.send(producer, partition, new byte[1]);
    }
    world.run(1_500);
    // Each of the three brokers leads two of six.
    assertThat(world.acknowledged).isEqualTo(4);
    assertThat(world.written()).hasSize(2);
    world.run(1_000);
    assertThat(world.acknowledged).isEqualTo(6);
  }

  private String expiryText(Runnable trouble) {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer(
            "linger.ms", 0, "request.timeout.ms", 1_000, "delivery.timeout.ms", 3_000);
    trouble.run();
    world.send(producer, 0, new byte[1]);
    world.run(3_100);
    assertThat(world.failures).hasSize(1).hasOnlyElementsOfType(TimeoutException.class);
    return world.failures.get(0).getMessage();
  }

  private int leader() {
    return world.cluster.leader(SettingsWorld.TOPIC, 0);
  }

  @Test
  void batchThatExpiresInFlightSaysHowOftenItWasSentAndTheLastAnswer() {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer(
            "linger.ms", 0, "request.timeout.ms", 3_000, "delivery.timeout.ms", 3_000);
    world.cluster.refuse("Produce", "NOT_ENOUGH_REPLICAS", 1);
    world.send(producer, 0, new byte[1]);
    world.run(50);
    world.cluster.delayAnswers("Produce", Duration.ofMinutes(1), 1);
    world.run(3_100);
    assertThat(world.failures).hasSize(1);
    assertThat(world.failures.get(0))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("1 record of orders-0 not delivered within delivery.timeout.ms=3000")
        .hasMessageContaining("in flight")
        .hasMessageContaining("after 2 attempts; last: broker " + leader())
        .hasMessageContaining("answered NOT_ENOUGH_REPLICAS")
        .hasMessageContaining("may have been written all the same");
  }

  @Test
  void batchThatExpiresAfterARequestWithoutAnAnswerSaysWhereItWas() {
    assertThat(expiryText(() -> world.cluster.freezeBroker(leader())))
        .contains("waiting to be sent again")
        .contains("after 1 attempt; last: PRODUCE: broker " + leader())
        .contains("did not answer within 1000 ms")
        .contains("may have been written all the same");
  }

  @Test
  void batchThatExpiresBetweenAttemptsSaysTheLastAnswer() {
    assertThat(expiryText(() -> world.cluster.refuse("Produce", "NOT_ENOUGH_REPLICAS", 1_000_000)))
        .contains("broker " + leader())
        .containsPattern("after \\d+ attempts; last: .*answered NOT_ENOUGH_REPLICAS")
        .doesNotContain("may have been written");
  }

  @Test
  void batchThatExpiresWhileABrokerAsksForQuietSaysSo() {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer(
            "linger.ms", 0, "request.timeout.ms", 1_000, "delivery.timeout.ms", 3_000);
    world.cluster.throttle("Produce", Duration.ofMinutes(1), 1);
    world.send(producer, 0, new byte[1]);
    world.run(100);
    world.send(producer, 0, new byte[1]);
    world.run(3_100);
    assertThat(world.failures).hasSize(1);
    assertThat(world.failures.get(0)).hasMessageContaining(": throttled (broker " + leader());
  }

  @Test
  void batchThatExpiresWithoutALeaderSaysThat() {
    assertThat(expiryText(() -> world.cluster.brokerIds().forEach(world.cluster::stopBroker)))
        .contains("orders-0")
        .contains("after ")
        .contains("broker");
  }
}

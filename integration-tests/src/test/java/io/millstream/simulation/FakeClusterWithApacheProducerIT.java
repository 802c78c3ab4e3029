package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.fake.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever our simulations have the fake brokers do, Apache's producer meets it here and copes, as
 * it does with real ones: so nothing is proved against a broker that cannot be.
 */
class FakeClusterWithApacheProducerIT {

  private static final String TOPIC = "orders";
  private static final int PARTITIONS = 3;

  private FakeCluster cluster;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private int next;

  @BeforeEach
  void start() {
    cluster = FakeCluster.builder().brokers(3).start();
    cluster.createTopic(TOPIC, PARTITIONS);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private KafkaProducer<String, String> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", cluster.bootstrapServers());
    settings.put("request.timeout.ms", 1_000);
    settings.put("linger.ms", 0);
    settings.putAll(more);
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  private KafkaProducer<String, String> transactional() {
    KafkaProducer<String, String> producer = producer(Map.of("transactional.id", "transfers"));
    producer.initTransactions();
    return producer;
  }

  /** Sends numbered records, one partition after the other. */
  private void send(KafkaProducer<String, String> producer, int records) {
    for (int i = 0; i < records; i++) {
      int number = next++;
      sent.add(
          producer.send(
              new ProducerRecord<>(TOPIC, number % PARTITIONS, null, Integer.toString(number))));
    }
  }

  private void awaitAll() throws Exception {
    for (Future<RecordMetadata> each : sent) {
      each.get();
    }
  }

  private List<String> values(String topic, int partition) {
    return cluster.records(topic, partition).stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  private void assertAllStoredOnceAndInOrder() throws Exception {
    awaitAll();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      List<String> expected = new ArrayList<>();
      for (int number = partition; number < next; number += PARTITIONS) {
        expected.add(Integer.toString(number));
      }
      assertThat(values(TOPIC, partition)).isEqualTo(expected);
    }
  }

  @Test
  void lostAndLateAnswersDoubleNothing() throws Exception {
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      for (int round = 0; round < 5; round++) {
        cluster.loseAnswers("Produce", 2);
        send(producer, 60);
        cluster.delayAnswers("Produce", Duration.ofMillis(100), 2);
        send(producer, 60);
        // Longer than the producer waits.
        cluster.delayAnswers("Produce", Duration.ofMillis(1_500), 1);
        send(producer, 60);
        awaitAll();
      }
      assertAllStoredOnceAndInOrder();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOT_LEADER_OR_FOLLOWER",
        "NOT_ENOUGH_REPLICAS",
        "KAFKA_STORAGE_ERROR",
        "LEADER_NOT_AVAILABLE",
        "UNKNOWN_TOPIC_OR_PARTITION",
        "REQUEST_TIMED_OUT",
        "UNKNOWN_PRODUCER_ID",
      })
  void refusalsThatPassChangeNothing(String error) throws Exception {
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      send(producer, 30);
      awaitAll();
      for (int round = 0; round < 3; round++) {
        cluster.refuse("Produce", error, 2);
        send(producer, 30);
        awaitAll();
      }
      assertAllStoredOnceAndInOrder();
    }
  }

  @Test
  void leadersMoveAndBrokersStopFreezeAndComeBack() throws Exception {
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      send(producer, 60);
      for (int broker = 1; broker <= 3; broker++) {
        cluster.moveLeader(TOPIC, 0, broker);
        send(producer, 60);
        cluster.stopBroker(broker);
        send(producer, 60);
        awaitAll();
        cluster.startBroker(broker);
        send(producer, 60);
        cluster.fenceBroker(broker);
        send(producer, 60);
        awaitAll();
        cluster.continueBroker(broker);
      }
      assertAllStoredOnceAndInOrder();
    }
  }

  @Test
  void hintOfTheNewLeaderIsEnoughWithoutMetadata() throws Exception {
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      send(producer, 3);
      awaitAll();
      cluster.refuse("Metadata", "LEADER_NOT_AVAILABLE", 100_000);
      cluster.moveLeader(TOPIC, 0, 1 + cluster.leader(TOPIC, 0) % 3);
      send(producer, 3);
      assertAllStoredOnceAndInOrder();
      cluster.clearFaults();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, false", "all, false", "all, true"})
  void everyLevelOfAcknowledgementIsServed(String acks, boolean idempotent) throws Exception {
    try (KafkaProducer<String, String> producer =
        producer(Map.of("acks", acks, "enable.idempotence", idempotent))) {
      send(producer, 300);
      producer.flush();
    }
    assertAllStoredOnceAndInOrder();
    assertThat(sent.get(0).get().hasOffset()).isEqualTo(!acks.equals("0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
  void everyCodecIsRead(String codec) throws Exception {
    try (KafkaProducer<String, String> producer =
        producer(Map.of("compression.type", codec, "linger.ms", 20))) {
      send(producer, 300);
      producer.flush();
    }
    assertAllStoredOnceAndInOrder();
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 9, 10, 11, 12, 13})
  void everyVersionOfProduceIsSpoken(int newest) throws Exception {
    cluster.limitVersion("Produce", newest);
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      cluster.loseAnswers("Produce", 1);
      send(producer, 30);
      cluster.moveLeader(TOPIC, 0, 1 + cluster.leader(TOPIC, 0) % 3);
      send(producer, 30);
      assertAllStoredOnceAndInOrder();
    }
  }

  @Test
  void batchesThatAreTooLargeAreSplitAndArriveOnce() throws Exception {
    cluster.createTopic("small", 1, Map.of("max.message.bytes", "2000"));
    List<String> expected = new ArrayList<>();
    try (KafkaProducer<String, String> producer = producer(Map.of("linger.ms", 50))) {
      for (int i = 0; i < 100; i++) {
        String value = i + "x".repeat(200);
        expected.add(value);
        sent.add(producer.send(new ProducerRecord<>("small", value)));
      }
      awaitAll();
      assertThat(values("small", 0)).isEqualTo(expected);
      assertThatThrownBy(producer.send(new ProducerRecord<>("small", "x".repeat(3_000)))::get)
          .hasCauseInstanceOf(RecordTooLargeException.class);
    }
  }

  @Test
  void errorsOfSingleRecordsReachTheirRecords() throws Exception {
    cluster.createTopic("compacted", 1, Map.of("cleanup.policy", "compact"));
    List<Future<RecordMetadata>> good = new ArrayList<>();
    List<Future<RecordMetadata>> bad = new ArrayList<>();
    try (KafkaProducer<String, String> producer = producer(Map.of("linger.ms", 60_000))) {
      for (int i = 0; i < 6; i++) {
        (i % 3 == 1 ? bad : good)
            .add(
                producer.send(
                    new ProducerRecord<>("compacted", 0, i % 3 == 1 ? null : "key", "value")));
      }
      producer.flush();
    }
    assertThat(bad)
        .hasSize(2)
        .allSatisfy(
            each ->
                assertThatThrownBy(each::get)
                    .hasCauseExactlyInstanceOf(InvalidRecordException.class));
    assertThat(good)
        .hasSize(4)
        .allSatisfy(
            each -> assertThatThrownBy(each::get).hasCauseExactlyInstanceOf(KafkaException.class));
    assertThat(cluster.records("compacted", 0)).isEmpty();
  }

  @Test
  void timeToBeQuietIsUnderstood() throws Exception {
    try (KafkaProducer<String, String> producer = producer(Map.of())) {
      cluster.throttle("Produce", Duration.ofMillis(250), 1);
      send(producer, 30);
      assertAllStoredOnceAndInOrder();
      assertThat(
              producer.metrics().entrySet().stream()
                  .filter(metric -> metric.getKey().name().equals("produce-throttle-time-max"))
                  .map(metric -> metric.getValue().metricValue()))
          .containsExactly(250.0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void transactionsSurviveLostAnswersOfEachKind(int transactionVersion) {
    cluster.transactionVersion(transactionVersion);
    List<String> apis =
        List.of("AddPartitionsToTxn", "Produce", "AddOffsetsToTxn", "TxnOffsetCommit", "EndTxn");
    cluster.loseAnswers("InitProducerId", 1);
    try (KafkaProducer<String, String> producer = transactional();
        KafkaConsumer<String, String> group =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "group.id", "readers"),
                new StringDeserializer(),
                new StringDeserializer())) {
      for (String api : apis) {
        cluster.loseAnswers(api, 1);
        producer.beginTransaction();
        send(producer, 30);
        producer.sendOffsetsToTransaction(
            Map.of(new TopicPartition(TOPIC, 0), new OffsetAndMetadata(next)),
            group.groupMetadata());
        producer.commitTransaction();
        cluster.clearFaults();
      }
    }
    assertThat(cluster.committedOffset("readers", ours(0))).isEqualTo(OptionalLong.of(next));
    for (int partition = 0; partition < PARTITIONS; partition++) {
      assertThat(cluster.records(TOPIC, partition).stream().map(StoredRecord::producerId))
          .hasSize(next / PARTITIONS);
    }
  }

  private static io.millstream.common.TopicPartition ours(int partition) {
    return new io.millstream.common.TopicPartition(TOPIC, partition);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void secondInstanceFencesTheFirst(int transactionVersion) {
    cluster.transactionVersion(transactionVersion);
    try (KafkaProducer<String, String> first = transactional()) {
      first.beginTransaction();
      send(first, 3);
      first.flush();
      try (KafkaProducer<String, String> second = transactional()) {
        second.beginTransaction();
        second.send(new ProducerRecord<>(TOPIC, 0, null, "second"));
        second.commitTransaction();
      }
      Future<RecordMetadata> late = first.send(new ProducerRecord<>(TOPIC, 1, null, "late"));
      assertThatThrownBy(late::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);
      assertThatThrownBy(first::commitTransaction).isInstanceOf(KafkaException.class);
    }
    assertThat(values(TOPIC, 0)).endsWith("second");
    assertThat(values(TOPIC, 1)).doesNotContain("late");
  }
}

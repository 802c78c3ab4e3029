package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.testing.fake.FakeCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apache's own client takes the fake cluster, on real sockets, for a real one. */
class FakeClusterWithApacheClientIT {

  private static final String TOPIC = "orders";
  private static final int RECORDS = 500;

  private FakeCluster cluster;

  @BeforeEach
  void start() {
    cluster = FakeCluster.builder().brokers(3).start();
    cluster.createTopic(TOPIC, 3);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", cluster.bootstrapServers()),
        new StringSerializer(),
        new StringSerializer());
  }

  private KafkaConsumer<String, String> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            cluster.bootstrapServers(),
            "group.id",
            "readers",
            "auto.offset.reset",
            "earliest",
            "heartbeat.interval.ms",
            100),
        new StringDeserializer(),
        new StringDeserializer());
  }

  private List<RecordMetadata> send() throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    List<RecordMetadata> acknowledged = new ArrayList<>();
    try (KafkaProducer<String, String> producer = producer()) {
      for (int i = 0; i < RECORDS; i++) {
        sent.add(producer.send(new ProducerRecord<>(TOPIC, "key " + i % 17, "value " + i)));
        if (i == RECORDS / 2) {
          cluster.moveLeader(TOPIC, 0, cluster.leader(TOPIC, 1));
          cluster.loseAnswers("Produce", 2);
        }
      }
      for (Future<RecordMetadata> each : sent) {
        acknowledged.add(each.get());
      }
    }
    return acknowledged;
  }

  @Test
  void whatProducerSendsIsInLogsOnce() throws Exception {
    List<RecordMetadata> acknowledged = send();

    Map<String, Integer> counts = new TreeMap<>();
    for (int partition = 0; partition < 3; partition++) {
      cluster
          .records(TOPIC, partition)
          .forEach(
              record ->
                  counts.merge(
                      new String(record.value(), StandardCharsets.UTF_8), 1, Integer::sum));
    }
    assertThat(acknowledged).hasSize(RECORDS);
    assertThat(counts).hasSize(RECORDS);
    assertThat(counts.values()).containsOnly(1);
  }

  @Test
  void groupOfTwoConsumersReadsEverythingInOrder() throws Exception {
    send();

    Map<String, List<Integer>> byKey = new TreeMap<>();
    int count = 0;
    try (KafkaConsumer<String, String> first = consumer();
        KafkaConsumer<String, String> second = consumer()) {
      first.subscribe(List.of(TOPIC));
      second.subscribe(List.of(TOPIC));
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (count < RECORDS && System.nanoTime() < deadline) {
        for (KafkaConsumer<String, String> consumer : List.of(first, second)) {
          for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
            byKey
                .computeIfAbsent(record.key(), key -> new ArrayList<>())
                .add(Integer.parseInt(record.value().substring("value ".length())));
            count++;
          }
          consumer.commitSync();
        }
      }
      assertThat(first.assignment().size() + second.assignment().size()).isEqualTo(3);
    }
    assertThat(count).isEqualTo(RECORDS);
    assertThat(byKey.values()).allSatisfy(numbers -> assertThat(numbers).isSorted());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void readersOfCommittedRecordsSeeWhatTransactionsCommit(int transactionVersion) {
    cluster.transactionVersion(transactionVersion);
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    List<String> expected = new ArrayList<>();
    try (KafkaConsumer<String, String> group = consumer();
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(
                Map.of(
                    "bootstrap.servers", cluster.bootstrapServers(), "transactional.id", "apache"),
                new StringSerializer(),
                new StringSerializer())) {
      producer.initTransactions();
      for (int i = 0; i < 20; i++) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, 0, null, i + " first"));
        producer.send(new ProducerRecord<>(TOPIC, 0, null, i + " second"));
        producer.sendOffsetsToTransaction(
            Map.of(partition, new OffsetAndMetadata(i)), group.groupMetadata());
        if (i % 3 == 0) {
          producer.abortTransaction();
        } else {
          producer.commitTransaction();
          expected.addAll(List.of(i + " first", i + " second"));
        }
      }
    }

    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "group.id",
                "readers",
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(partition));
      // The last one that was committed.
      assertThat(consumer.position(partition)).isEqualTo(19);
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (consumer.position(partition) < end && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    assertThat(values).isEqualTo(expected);
  }

  @Test
  void refusalsReachTheApplication() {
    cluster.refuse("Metadata", "INVALID_TOPIC_EXCEPTION", 1);
    try (KafkaProducer<String, String> producer = producer()) {
      Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(TOPIC, "key", "value"));
      assertThatThrownBy(sent::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InvalidTopicException.class);
    }
  }
}

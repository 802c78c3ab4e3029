package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.ConsumerRebalanceListener;
import io.millstream.clients.consumer.ConsumerRecord;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.common.TopicPartition;
import io.millstream.common.serialization.ByteArraySerializer;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.fake.FakeCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/fake-broker.md: an application's test with the fake cluster on sockets. */
class FakeClusterInApplicationsTest {

  private static KafkaConsumer<String, String> consumer(FakeCluster cluster) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            cluster.bootstrapServers(),
            "group.id",
            "billing",
            "auto.offset.reset",
            "earliest"),
        new StringDeserializer(),
        new StringDeserializer());
  }

  private static KafkaProducer<String, String> producer(FakeCluster cluster) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", cluster.bootstrapServers()),
        new StringSerializer(),
        new StringSerializer());
  }

  @Test
  void recordArrivesOnceAlthoughTheFirstAnswerIsLost() throws Exception {
    try (FakeCluster cluster = FakeCluster.builder().brokers(3).start();
        KafkaProducer<String, String> producer = producer(cluster)) {
      cluster.createTopic("orders", 1);
      cluster.loseAnswers("Produce", 1);

      producer.send(new ProducerRecord<>("orders", "key", "shoes")).get();

      assertThat(cluster.records("orders", 0)).hasSize(1);
    }
  }

  @Test
  void recordsKeepTheBytesOfTheirSendWhereTheApplicationUsesOneArrayAgain() {
    try (FakeCluster cluster = FakeCluster.builder().start();
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      cluster.createTopic("orders", 1);
      byte[] value = new byte[1];
      for (byte number = 0; number < 3; number++) {
        value[0] = number;
        producer.send(new ProducerRecord<>("orders", value));
      }
      producer.flush();

      assertThat(cluster.records("orders", 0))
          .extracting(record -> record.value()[0])
          .containsExactly((byte) 0, (byte) 1, (byte) 2);
    }
  }

  @Test
  void groupGoesOnWhenItsBrokerStops() {
    try (FakeCluster cluster = FakeCluster.builder().brokers(3).start();
        KafkaConsumer<String, String> consumer = consumer(cluster)) {
      cluster.createTopic("orders", 1);
      consumer.subscribe(List.of("orders"));
      cluster.append("orders", 0, null, "shoes".getBytes(StandardCharsets.UTF_8));
      List<String> read = new ArrayList<>();
      pollUntil(consumer, read, 1);

      cluster.stopBroker(cluster.leader("orders", 0));
      cluster.append("orders", 0, null, "socks".getBytes(StandardCharsets.UTF_8));
      pollUntil(consumer, read, 2);
      consumer.commitSync();

      assertThat(read).containsExactly("shoes", "socks");
      assertThat(cluster.committedOffset("billing", new TopicPartition("orders", 0))).hasValue(2);
    }
  }

  @Test
  void readerBeginsBehindDeletedRecords() {
    try (FakeCluster cluster = FakeCluster.builder().start();
        KafkaConsumer<String, String> consumer = consumer(cluster)) {
      cluster.createTopic("orders", 1);
      for (String value : List.of("shoes", "socks", "hats")) {
        cluster.append("orders", 0, null, value.getBytes(StandardCharsets.UTF_8));
      }
      cluster.deleteRecordsBefore("orders", 0, 2);

      consumer.subscribe(List.of("orders"));
      List<String> read = new ArrayList<>();
      pollUntil(consumer, read, 1);

      assertThat(read).containsExactly("hats");
    }
  }

  @Test
  void membersThatJoinWithinTheInitialDelayShareTheFirstGeneration() {
    try (FakeCluster cluster =
            FakeCluster.builder().initialRebalanceDelay(Duration.ofSeconds(2)).start();
        KafkaConsumer<String, String> first = consumer(cluster);
        KafkaConsumer<String, String> second = consumer(cluster)) {
      cluster.createTopic("orders", 2);
      List<Integer> shares = new ArrayList<>();
      for (KafkaConsumer<String, String> each : List.of(first, second)) {
        each.subscribe(List.of("orders"), new FirstShare(shares));
      }
      // Long enough to be given everything, were it not for the delay.
      first.poll(Duration.ofMillis(700));
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (shares.size() < 2 && System.nanoTime() < deadline) {
        first.poll(Duration.ofMillis(20));
        second.poll(Duration.ofMillis(20));
      }

      assertThat(shares).containsExactly(1, 1);
    }
  }

  @Test
  void leaderThatReadsByPatternDividesThoughAnotherMemberNamesAMissingTopic() {
    try (FakeCluster cluster = FakeCluster.builder().autoCreateTopics(false).start();
        KafkaConsumer<String, String> first = consumer(cluster);
        KafkaConsumer<String, String> second = consumer(cluster)) {
      cluster.createTopic("orders", 2);
      List<Integer> shares = new ArrayList<>();
      first.subscribe(Pattern.compile("ord.*"), new FirstShare(shares));
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (shares.isEmpty() && System.nanoTime() < deadline) {
        first.poll(Duration.ofMillis(20));
      }

      second.subscribe(List.of("missing"));
      while (shares.size() < 2 && System.nanoTime() < deadline) {
        second.poll(Duration.ofMillis(20));
        first.poll(Duration.ofMillis(20));
      }

      assertThat(shares).as("before and after the other joined").containsExactly(2, 2);
    }
  }

  @Test
  void readerByPatternGivesUpTheLastTopicWhenItIsDeleted() {
    try (FakeCluster cluster = FakeCluster.builder().autoCreateTopics(false).start();
        KafkaConsumer<String, String> consumer =
            new KafkaConsumer<>(
                Map.of(
                    "bootstrap.servers",
                    cluster.bootstrapServers(),
                    "group.id",
                    "billing",
                    "auto.offset.reset",
                    "earliest",
                    "metadata.max.age.ms",
                    200),
                new StringDeserializer(),
                new StringDeserializer())) {
      cluster.createTopic("orders", 1);
      cluster.append("orders", 0, null, "shoes".getBytes(StandardCharsets.UTF_8));
      consumer.subscribe(Pattern.compile("ord.*"));
      List<String> read = new ArrayList<>();
      pollUntil(consumer, read, 1);
      assertThat(consumer.assignment()).hasSize(1);

      cluster.deleteTopic("orders");
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!consumer.assignment().isEmpty() && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(20));
      }

      assertThat(consumer.assignment()).isEmpty();
      assertThat(consumer.subscription()).isEmpty();
      cluster.createTopic("ordinary", 1);
      while (consumer.assignment().isEmpty() && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(20));
      }
      assertThat(consumer.assignment()).containsExactly(new TopicPartition("ordinary", 0));
    }
  }

  /** Notes how many partitions a member is given. */
  private record FirstShare(List<Integer> shares) implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      shares.add(partitions.size());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      // Nothing to note.
    }
  }

  private static void pollUntil(
      KafkaConsumer<String, String> consumer, List<String> read, int count) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (read.size() < count && System.nanoTime() < deadline) {
      for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
        read.add(record.value());
      }
    }
  }
}

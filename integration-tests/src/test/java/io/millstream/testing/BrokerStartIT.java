package io.millstream.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The brokers themselves, seen with Apache's client. */
class BrokerStartIT {

  private static final String TOPIC = "words";

  @ParameterizedTest
  @EnumSource(KafkaVersion.class)
  void brokerOfEachGenerationKeepsARecordOverAHardKill(KafkaVersion version) throws Exception {
    try (KafkaCluster cluster = quick(version).start()) {
      createTopic(cluster, 1);
      send(cluster, "kept");

      assertThatThrownBy(() -> cluster.broker(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 1");
      int port = cluster.broker(1).port();
      cluster.broker(1).killHard();
      assertThat(cluster.broker(1).isRunning()).isFalse();
      cluster.broker(1).start();

      assertThat(cluster.broker(1).port()).isEqualTo(port);
      assertThat(readOne(cluster)).isEqualTo("kept");
    }
  }

  @Test
  void threeBrokersGoOnWhileOneIsFrozenAndOneIsStoppedAndStartedAgain() throws Exception {
    try (KafkaCluster cluster = quick(KafkaVersion.V4_4_0).brokers(3).start()) {
      createTopic(cluster, 3);
      cluster.broker(3).freeze();
      send(cluster, "while one is frozen");
      cluster.broker(3).resume();
      cluster.broker(2).stop();
      assertThat(cluster.broker(2).isRunning()).isFalse();
      cluster.broker(2).start();
      assertThat(readOne(cluster)).isEqualTo("while one is frozen");
    }
  }

  @Test
  void aStartWhoseThreadIsInterruptedEndsSoonAndSaysSo() {
    try (KafkaCluster cluster = KafkaCluster.builder(KafkaVersion.V2_8_2).start()) {
      cluster.broker(1).killHard();
      Thread.currentThread().interrupt();
      assertThatThrownBy(cluster.broker(1)::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("interrupted");
    } finally {
      assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
    }
  }

  /** A cluster that misses a broker sooner than by default, so that less time goes by waiting. */
  private static KafkaCluster.Builder quick(KafkaVersion version) {
    return KafkaCluster.builder(version)
        .property("broker.session.timeout.ms", "3000")
        .property("broker.heartbeat.interval.ms", "500")
        .property("replica.lag.time.max.ms", "3000");
  }

  private static void createTopic(KafkaCluster cluster, int replicas) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      admin.createTopics(Set.of(new NewTopic(TOPIC, 1, (short) replicas))).all().get();
    }
  }

  private static void send(KafkaCluster cluster, String value) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            cluster.bootstrapServers(),
            // A frozen broker costs the client this long before it asks another one.
            "request.timeout.ms",
            "5000",
            "key.serializer",
            StringSerializer.class,
            "value.serializer",
            StringSerializer.class);
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings)) {
      producer.send(new ProducerRecord<>(TOPIC, value)).get(60, TimeUnit.SECONDS);
    }
  }

  private static String readOne(KafkaCluster cluster) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", cluster.bootstrapServers(),
            "key.deserializer", StringDeserializer.class,
            "value.deserializer", StringDeserializer.class);
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
      TopicPartition partition = new TopicPartition(TOPIC, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          return record.value();
        }
      }
      return "nothing";
    }
  }
}

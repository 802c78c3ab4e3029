package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** Fewer replicas are in sync than {@code min.insync.replicas} asks for. */
class MinInsyncReplicasIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static KafkaProducer<String, String> producer(KafkaCluster cluster, int deliveryMillis) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            cluster.bootstrapServers(),
            "delivery.timeout.ms",
            deliveryMillis,
            "request.timeout.ms",
            5_000,
            "linger.ms",
            0),
        new StringSerializer(),
        new StringSerializer());
  }

  /** Waits until so many replicas are in sync. */
  private static void awaitInSync(KafkaCluster cluster, String topic, int count) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      while (admin
              .describeTopics(List.of(topic))
              .topicNameValues()
              .get(topic)
              .get()
              .partitions()
              .get(0)
              .isr()
              .size()
          != count) {
        assertThat(System.nanoTime()).as("%d in sync", count).isLessThan(deadline);
      }
    }
  }

  @Test
  void recordsAreTriedAgainUntilTheReplicasAreBackOrTheirTimeIsOver() throws Exception {
    try (KafkaCluster cluster = KafkaCluster.builder(KafkaVersion.V4_4_0).brokers(3).start()) {
      ApacheSide apache = new ApacheSide(cluster.bootstrapServers());
      apache.createTopic("strict", 1, 3, Map.of("min.insync.replicas", "3"));
      awaitInSync(cluster, "strict", 3);
      cluster.broker(2).killHard();
      awaitInSync(cluster, "strict", 2);

      try (KafkaProducer<String, String> producer = producer(cluster, 8_000)) {
        Future<RecordMetadata> late = producer.send(new ProducerRecord<>("strict", "too late"));
        assertThatThrownBy(late::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(TimeoutException.class)
            .hasMessageContaining("delivery.timeout.ms=8000 ms")
            .hasMessageContaining("NOT_ENOUGH_REPLICAS")
            .hasMessageContaining("min.insync.replicas of topic strict")
            .hasMessageNotContaining("after 1 attempt");
      }
      try (KafkaProducer<String, String> producer = producer(cluster, 120_000)) {
        Future<RecordMetadata> patient = producer.send(new ProducerRecord<>("strict", "in time"));
        cluster.broker(2).start();
        patient.get();
      }

      assertThat(apache.valuesOf("strict")).containsExactly("in time");
    }
  }
}

package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.consumer.CommitFailedException;
import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.TransactionAbortableException;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two instances of an application read, process and write, each under a transactional id of its
 * own: what keeps one from writing that has lost its partitions is the group alone (KIP-447).
 */
class ReadProcessWriteIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final TopicPartition INPUT = new TopicPartition("input", 0);

  private static KafkaConsumer<String, String> member(KafkaCluster cluster) {
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "group.id",
                "processors",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.subscribe(List.of("input"));
    return consumer;
  }

  private static KafkaProducer<String, String> producer(KafkaCluster cluster, String id) {
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", cluster.bootstrapServers(), "transactional.id", id),
            new StringSerializer(),
            new StringSerializer());
    producer.initTransactions();
    return producer;
  }

  private static void read(KafkaConsumer<String, String> consumer) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (consumer.poll(Duration.ofSeconds(1)).isEmpty()) {
      assertThat(System.nanoTime()).as("a record").isLessThan(deadline);
    }
  }

  private static void write(
      KafkaProducer<String, String> producer, String value, ConsumerGroupMetadata group) {
    producer.beginTransaction();
    producer.send(new ProducerRecord<>("output", value));
    producer.sendOffsetsToTransaction(Map.of(INPUT, new OffsetAndMetadata(1)), group);
    producer.commitTransaction();
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaVersion.class,
      names = {"V4_4_0", "V3_9_1"})
  void anInstanceThatHasLostItsPartitionsCommitsNothing(KafkaVersion version) throws Exception {
    try (KafkaCluster cluster = KafkaCluster.builder(version).start()) {
      ApacheSide apache = new ApacheSide(cluster.bootstrapServers());
      apache.createTopic("input", 1, 1, Map.of());
      apache.createTopic("output", 1, 1, Map.of());
      try (KafkaProducer<String, String> old = producer(cluster, "old");
          KafkaProducer<String, String> next = producer(cluster, "next")) {
        old.beginTransaction();
        old.send(new ProducerRecord<>("input", 0, null, "work"));
        old.commitTransaction();
        ConsumerGroupMetadata lost;
        try (KafkaConsumer<String, String> consumer = member(cluster)) {
          read(consumer);
          lost = consumer.groupMetadata();
        }
        try (KafkaConsumer<String, String> consumer = member(cluster)) {
          read(consumer);
          write(next, "of the next", consumer.groupMetadata());

          assertThatThrownBy(() -> write(old, "of the old", lost))
              .isInstanceOf(CommitFailedException.class)
              .hasMessageContaining("abortTransaction()");
          assertThatThrownBy(old::commitTransaction)
              .isInstanceOf(TransactionAbortableException.class);
          old.abortTransaction();
          write(old, "of the old, a member again", consumer.groupMetadata());
        }
      }

      assertThat(apache.valuesOf("output"))
          .containsExactly("of the next", "of the old, a member again");
    }
  }
}

package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.common.TopicPartition;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaClusterExtension;
import io.millstream.testing.KafkaVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The cluster changes {@code transaction.version} while a producer goes on, over connections that
 * last. What tells one version from the other is the epoch: version 2 ends each transaction with
 * another one.
 */
class TransactionVersionChangeIT {

  private static final String FEATURE = "transaction.version";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @RegisterExtension
  static final KafkaClusterExtension KAFKA =
      KafkaClusterExtension.own(KafkaCluster.builder(KafkaVersion.V4_4_0));

  private static int finalized = 2;

  private final ApacheSide apache = new ApacheSide(KAFKA.bootstrapServers());

  /** A producer, and what it has committed. */
  private static final class Writer implements AutoCloseable {
    private final String name;
    private final KafkaProducer<String, String> producer;
    private final List<String> committed = new ArrayList<>();
    private int transactions;

    Writer(String name) {
      this.name = name;
      producer =
          new KafkaProducer<>(
              Map.of(
                  "bootstrap.servers",
                  KAFKA.bootstrapServers(),
                  "transactional.id",
                  name,
                  "metadata.max.age.ms",
                  500),
              new StringSerializer(),
              new StringSerializer());
      producer.initTransactions();
    }

    /** Runs one transaction of three records and an offset. */
    void transact(Midway midway) throws Exception {
      int number = transactions++;
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(name, 0, null, number + " first")).get();
      midway.happens();
      producer.send(new ProducerRecord<>(name, 0, null, number + " second"));
      producer.send(new ProducerRecord<>(name, 1, null, number + " third"));
      producer.sendOffsetsToTransaction(
          Map.of(new TopicPartition(name, 0), new OffsetAndMetadata(number)),
          new ConsumerGroupMetadata("readers of " + name));
      if (number % 4 == 3) {
        producer.abortTransaction();
      } else {
        producer.commitTransaction();
        committed.addAll(List.of(number + " first", number + " second", number + " third"));
      }
    }

    /** Runs transactions until two in a row were of a version. */
    void transactUntilVersion(int version) throws Exception {
      long deadline = System.nanoTime() + LIMIT.toNanos();
      for (int inARow = 0; inARow < 2; ) {
        assertThat(System.nanoTime()).as("version %d is used", version).isLessThan(deadline);
        int before = epoch();
        transact(() -> {});
        inARow = epoch() - before == version - 1 ? inARow + 1 : 0;
      }
    }

    int epoch() throws Exception {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
        TransactionDescription description =
            admin.describeTransactions(List.of(name)).description(name).get();
        return description.producerEpoch();
      }
    }

    @Override
    public void close() {
      producer.close();
    }
  }

  /** What happens in the middle of a transaction. */
  private interface Midway {
    void happens() throws Exception;
  }

  private static void finalizeLevel(int level) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
      UpgradeType direction = level >= finalized ? UpgradeType.UPGRADE : UpgradeType.SAFE_DOWNGRADE;
      FeatureUpdate update = new FeatureUpdate((short) level, direction);
      admin.updateFeatures(Map.of(FEATURE, update), new UpdateFeaturesOptions()).all().get();
      finalized = level;
    }
  }

  @Test
  void aProducerThatGoesOnFollowsTheClusterDownAndUpAgain() throws Exception {
    apache.createTopic("followed", 2, 1, Map.of());
    List<String> committed;
    try (Writer writer = new Writer("followed")) {
      committed = writer.committed;
      writer.transactUntilVersion(2);
      for (int level : new int[] {1, 0, 1}) {
        finalizeLevel(level);
        writer.transactUntilVersion(1);
      }
      finalizeLevel(2);
      writer.transactUntilVersion(2);
    } finally {
      finalizeLevel(2);
    }

    assertThat(apache.valuesOf("followed")).containsExactlyInAnyOrderElementsOf(committed);
  }

  @Test
  void aChangeInTheMiddleOfATransactionLosesAndDoublesNothing() throws Exception {
    apache.createTopic("midway", 2, 1, Map.of());
    List<String> committed;
    try (Writer writer = new Writer("midway")) {
      committed = writer.committed;
      for (int round = 0; round < 4; round++) {
        writer.transactUntilVersion(2);
        int before = writer.epoch();
        writer.transact(() -> finalizeLevel(1));
        assertThat(writer.epoch()).as("ends by version 2, as it began").isEqualTo(before + 1);

        writer.transactUntilVersion(1);
        before = writer.epoch();
        writer.transact(() -> finalizeLevel(2));
        assertThat(writer.epoch()).as("ends by version 1, as it began").isEqualTo(before);
      }
    } finally {
      finalizeLevel(2);
    }

    assertThat(apache.valuesOf("midway")).containsExactlyInAnyOrderElementsOf(committed);
  }
}

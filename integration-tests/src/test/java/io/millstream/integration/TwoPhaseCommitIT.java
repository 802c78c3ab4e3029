package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.common.errors.TransactionalIdAuthorizationException;
import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.simulation.ShowsEffectOf;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.junit.jupiter.api.Test;

/**
 * {@code transaction.two.phase.commit.enable} (KIP-939), which brokers have to be told to allow.
 */
class TwoPhaseCommitIT {

  private static final String TOPIC = "two-phases";

  private static KafkaProducer<String, String> producer(KafkaCluster cluster) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            cluster.bootstrapServers(),
            "transactional.id",
            "prepared",
            "transaction.two.phase.commit.enable",
            true),
        new StringSerializer(),
        new StringSerializer());
  }

  @Test
  @ShowsEffectOf("transaction.two.phase.commit.enable")
  void theCoordinatorGivesSuchATransactionNoTimeOut() throws Exception {
    try (KafkaCluster cluster =
        KafkaCluster.builder(KafkaVersion.V4_4_0)
            .property("unstable.api.versions.enable", "true")
            .property("transaction.two.phase.commit.enable", "true")
            .property("transaction.max.timeout.ms", "1000")
            .start()) {
      ApacheSide apache = new ApacheSide(cluster.bootstrapServers());
      apache.createTopic(TOPIC, 1, 1, Map.of());
      try (KafkaProducer<String, String> producer = producer(cluster);
          Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, 0, null, "first")).get();
        TransactionDescription open =
            admin.describeTransactions(List.of("prepared")).description("prepared").get();
        assertThat(open.transactionTimeoutMs()).isEqualTo(Integer.MAX_VALUE);
        producer.commitTransaction();

        producer.beginTransaction();
        producer.send(new ProducerRecord<>(TOPIC, 0, null, "aborted")).get();
        producer.abortTransaction();
      }

      assertThat(apache.valuesOf(TOPIC)).containsExactly("first");
    }
  }

  @Test
  void brokersThatDoNotOfferItAreToldApartFromThoseThatRefuseIt() {
    try (KafkaCluster cluster = KafkaCluster.builder(KafkaVersion.V4_4_0).start();
        KafkaProducer<String, String> producer = producer(cluster)) {
      assertThatThrownBy(producer::initTransactions)
          .isInstanceOf(UnsupportedVersionException.class)
          .hasMessageContaining("unstable.api.versions.enable=true")
          .hasMessageContaining("transaction.two.phase.commit.enable=true");
    }
    try (KafkaCluster cluster =
            KafkaCluster.builder(KafkaVersion.V4_4_0)
                .property("unstable.api.versions.enable", "true")
                .start();
        KafkaProducer<String, String> producer = producer(cluster)) {
      assertThatThrownBy(producer::initTransactions)
          .isInstanceOf(TransactionalIdAuthorizationException.class)
          .hasMessageContaining("transaction.two.phase.commit.enable is not set for the brokers")
          .hasMessageContaining("TWO_PHASE_COMMIT");
    }
  }
}

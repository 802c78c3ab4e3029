package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.fake.StoredRecord;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The cluster changes {@code transaction.version} while a producer goes on over the connections
 * that it has. What tells one version from the other is the epoch of the records: version 2 ends
 * each transaction with another one.
 */
class TransactionVersionTest {

  private static final String TOPIC = "t";
  private static final Duration AGE = Duration.ofSeconds(20);

  private final Simulation simulation = new Simulation(1, NetworkConditions.calm());
  // One broker, so that no other connection is opened meanwhile.
  private final FakeCluster cluster = FakeCluster.builder().brokers(1).startIn(simulation);
  private final List<String> sent = new ArrayList<>();
  private KafkaProducer<String, String> producer;

  private void start(Duration metadataAge) {
    cluster.createTopic(TOPIC, 1);
    producer =
        SimulatedProducers.create(
            Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "transactional.id",
                "orders",
                "metadata.max.age.ms",
                metadataAge.toMillis(),
                "key.serializer",
                StringSerializer.class,
                "value.serializer",
                StringSerializer.class),
            simulation.environment("producer"));
    producer.initTransactions();
  }

  private void transact(Runnable midway) {
    producer.beginTransaction();
    send();
    midway.run();
    send();
    producer.commitTransaction();
    // What was asked for meanwhile is answered.
    simulation.run(Duration.ofMillis(500));
  }

  private void send() {
    String value = "v" + sent.size();
    sent.add(value);
    producer.send(new ProducerRecord<>(TOPIC, 0, null, value));
    producer.flush();
  }

  private void nothingHappens() {}

  private List<Integer> epochs() {
    return cluster.records(TOPIC, 0).stream().map(each -> (int) each.producerEpoch()).toList();
  }

  private List<String> stored() {
    return cluster.records(TOPIC, 0).stream()
        .map(StoredRecord::value)
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void aChangeIsNoticedWithinTheAgeOfMetadataAndTakesEffectBetweenTransactions() {
    start(AGE);
    // With the first refresh of metadata all connections are there.
    transact(this::nothingHappens);
    simulation.run(AGE.multipliedBy(2));
    transact(() -> cluster.transactionVersion(1));
    simulation.run(AGE);
    // Begins as it knew, and asks.
    transact(this::nothingHappens);
    transact(this::nothingHappens);
    transact(() -> cluster.transactionVersion(2));
    simulation.run(AGE);
    transact(this::nothingHappens);
    transact(this::nothingHappens);
    transact(this::nothingHappens);
    producer.close();

    assertThat(stored()).isEqualTo(sent);
    assertThat(epochs()).containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4);
  }

  @Test
  void aChangeThatAnyNewConnectionTellsOfIsNoticedBefore() {
    start(Duration.ofDays(1));
    transact(this::nothingHappens);
    transact(() -> cluster.transactionVersion(1));
    transact(this::nothingHappens);
    transact(simulation::cutAll);
    transact(this::nothingHappens);
    transact(this::nothingHappens);
    producer.close();

    assertThat(stored()).isEqualTo(sent);
    assertThat(epochs()).containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4, 4);
  }
}

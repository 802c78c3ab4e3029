package io.millstream.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerBuilder;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A producer of which all that is plugged in is a lambda. */
class BuiltProducerTest {

  private final Simulation simulation = new Simulation(1, NetworkConditions.calm());
  private final FakeCluster cluster = FakeCluster.builder().brokers(1).startIn(simulation);

  @BeforeEach
  void silence() {
    Seeds.silence();
  }

  @Test
  void lambdasSerializePlaceAndChangeRecords() {
    cluster.createTopic("built", 3);
    KafkaProducer<Integer, String> producer =
        SimulatedProducers.create(
            new ProducerBuilder<Integer, String>()
                .bootstrapServers(cluster.bootstrapServers())
                .keySerializer((topic, key) -> (topic + key).getBytes(UTF_8))
                .valueSerializer(value -> value.getBytes(UTF_8))
                .partitioner((topic, key, keyBytes, value, valueBytes, view) -> 2)
                .interceptor(
                    record ->
                        new ProducerRecord<>(record.topic(), record.key(), record.value() + "!")),
            simulation.environment("sender"));
    producer.send(new ProducerRecord<>("built", 7, "value"));
    producer.close();

    assertThat(cluster.records("built", 2))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.key()).asString(UTF_8).isEqualTo("built7");
              assertThat(record.value()).asString(UTF_8).isEqualTo("value!");
            });
  }
}

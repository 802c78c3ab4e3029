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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManyPartitionsSimulationTest {

  private static final String TOPIC = "wide";
  private static final int PARTITIONS = 5_000;

  @ParameterizedTest
  @CsvSource({"true, none", "true, lz4", "false, none"})
  void recordForEachOfThousandsOfPartitionsIsTakenAtOnceWithTheDefaultMemory(
      boolean topicIsKnown, String codec) {
    Seeds.silence();
    Simulation simulation = new Simulation(1, NetworkConditions.calm());
    FakeCluster cluster =
        FakeCluster.builder().brokers(3).autoCreateTopics(false).startIn(simulation);
    cluster.createTopic(TOPIC, PARTITIONS);
    KafkaProducer<String, String> producer =
        SimulatedProducers.create(
            Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "key.serializer",
                StringSerializer.class,
                "value.serializer",
                StringSerializer.class,
                "compression.type",
                codec),
            simulation.environment("producer"));
    if (topicIsKnown) {
      producer.send(new ProducerRecord<>(TOPIC, 0, null, "goes before"));
      producer.flush();
    }
    AtomicInteger told = new AtomicInteger();
    List<Exception> failures = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      producer.send(
          new ProducerRecord<>(TOPIC, partition, null, "value " + partition),
          (metadata, exception) -> {
            told.incrementAndGet();
            if (exception != null) {
              failures.add(exception);
            }
          });
    }
    assertThat(told).as("a send that waits has the loop run meanwhile").hasValue(0);
    simulation.run(Duration.ofSeconds(10));
    assertThat(failures).isEmpty();
    assertThat(told).hasValue(PARTITIONS);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      assertThat(cluster.records(TOPIC, partition).stream().map(StoredRecord::value))
          .as("partition %d", partition)
          .endsWith(("value " + partition).getBytes(StandardCharsets.UTF_8));
    }
    producer.close();
  }
}

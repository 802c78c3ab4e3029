package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A broker that answers after 50 ms. At most five batches of a partition are under way at a time,
 * so it matters that batches grow while they cannot leave.
 */
class DistantBrokerSimulationTest {

  private static final String TOPIC = "far";
  private static final String VALUE = "x".repeat(100);
  private static final Duration WAY = Duration.ofMillis(25);

  private final Simulation simulation =
      new Simulation(1, NetworkConditions.of(WAY, WAY, NetworkConditions.Faults.NONE));
  private final FakeCluster cluster =
      FakeCluster.builder().brokers(1).autoCreateTopics(false).startIn(simulation);
  private final AtomicInteger acknowledged = new AtomicInteger();
  private int sent;

  private KafkaProducer<String, String> producer(int partitions, Map<String, Object> more) {
    Seeds.silence();
    cluster.createTopic(TOPIC, partitions);
    Map<String, Object> configs = new HashMap<>(more);
    configs.put("bootstrap.servers", cluster.bootstrapServers());
    configs.put("key.serializer", StringSerializer.class);
    configs.put("value.serializer", StringSerializer.class);
    KafkaProducer<String, String> producer =
        SimulatedProducers.create(configs, simulation.environment("producer"));
    producer.send(new ProducerRecord<>(TOPIC, 0, null, "goes before"));
    producer.flush();
    return producer;
  }

  private void send(KafkaProducer<String, String> producer, int partitions) {
    producer.send(
        new ProducerRecord<>(TOPIC, sent % partitions, null, VALUE),
        (metadata, exception) -> {
          if (exception == null) {
            acknowledged.incrementAndGet();
          }
        });
    sent++;
  }

  @ParameterizedTest
  @CsvSource({"none, 0", "none, 5", "lz4, 5"})
  void recordsThatComeFasterThanRequestsLeaveShareThem(String codec, int lingerMillis) {
    KafkaProducer<String, String> producer =
        producer(1, Map.of("compression.type", codec, "linger.ms", lingerMillis));
    for (int millis = 0; millis < 10_000; millis++) {
      send(producer, 1);
      simulation.run(Duration.ofMillis(1));
      assertThat(sent - acknowledged.get()).as("after %d ms", millis).isLessThan(250);
    }
    producer.close();
    assertThat(acknowledged).hasValue(sent);
  }

  @ParameterizedTest
  @CsvSource({"1, none, 1048576, 4000", "6, lz4, 131072, 2500", "50, lz4, 262144, 1600"})
  void littleMemoryDoesNotMakeBatchesSmall(
      int partitions, String codec, int memoryBytes, int mostMillis) {
    KafkaProducer<String, String> producer =
        producer(partitions, Map.of("compression.type", codec, "buffer.memory", memoryBytes));
    long begin = simulation.nanoTime();
    while (sent < 40_000) {
      send(producer, partitions);
    }
    producer.flush();
    assertThat(acknowledged).hasValue(sent);
    assertThat(TimeUnit.NANOSECONDS.toMillis(simulation.nanoTime() - begin)).isLessThan(mostMillis);
    producer.close();
  }
}

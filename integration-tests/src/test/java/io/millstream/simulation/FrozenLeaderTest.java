package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.ConsumersInSimulation;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.serialization.ByteArrayDeserializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker that hangs keeps its connections, and others lead what it led. */
class FrozenLeaderTest {

  private static final TopicPartition READ = new TopicPartition("read", 0);

  private static KafkaConsumer<byte[], byte[]> consumer(
      FakeCluster cluster, Simulation simulation) {
    return ConsumersInSimulation.create(
        Map.of(
            "bootstrap.servers",
            cluster.bootstrapServers(),
            "auto.offset.reset",
            "earliest",
            "key.deserializer",
            ByteArrayDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class),
        simulation.environment("reader"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whoseFetchTimedOutAsksAnotherBrokerWhoLeadsNow(long seed) {
    Seeds.silence();
    Simulation simulation = new Simulation(seed, NetworkConditions.calm());
    FakeCluster cluster = FakeCluster.builder().brokers(3).startIn(simulation);
    cluster.createTopic(READ.topic(), 1);
    KafkaConsumer<byte[], byte[]> consumer = consumer(cluster, simulation);
    consumer.assign(List.of(READ));
    cluster.append(READ.topic(), 0, null, new byte[1]);
    assertThat(consumer.poll(Duration.ofMinutes(1)).count()).isOne();
    consumer.poll(Duration.ofSeconds(1));

    cluster.fenceBroker(cluster.leader(READ.topic(), 0));
    cluster.append(READ.topic(), 0, null, new byte[1]);

    // request.timeout.ms and fetch.max.wait.ms, and a moment; not twice as long.
    assertThat(consumer.poll(Duration.ofSeconds(33)).count()).isOne();
    consumer.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whoHasWaitedForItInVainAsksAnotherBrokerNextTime(int frozen) {
    Seeds.silence();
    Simulation simulation = new Simulation(frozen, NetworkConditions.calm());
    FakeCluster cluster = FakeCluster.builder().brokers(3).startIn(simulation);
    cluster.createTopic(READ.topic(), 1);
    KafkaConsumer<byte[], byte[]> consumer = consumer(cluster, simulation);
    assertThat(consumer.partitionsFor(READ.topic())).hasSize(1);
    cluster.freezeBroker(frozen);

    long beforeNanos = simulation.nanoTime();
    int failed = 0;
    while (true) {
      try {
        assertThat(consumer.partitionsFor(READ.topic(), Duration.ofSeconds(2))).hasSize(1);
        break;
      } catch (TimeoutException e) {
        failed++;
      }
    }
    assertThat(failed).isLessThanOrEqualTo(1);
    assertThat(Duration.ofNanos(simulation.nanoTime() - beforeNanos))
        .isLessThan(Duration.ofSeconds(3));
    cluster.continueBroker(frozen);
    consumer.close();
  }
}

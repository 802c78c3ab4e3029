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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broker that hangs keeps its connections, and others lead what it led. */
class FrozenLeaderTest {

  private static final TopicPartition READ = new TopicPartition("read", 0);

  private static KafkaConsumer<byte[], byte[]> consumer(
      FakeCluster cluster, Simulation simulation, int metadataAgeMillis) {
    return ConsumersInSimulation.create(
        Map.of(
            "bootstrap.servers",
            cluster.bootstrapServers(),
            "auto.offset.reset",
            "earliest",
            "metadata.max.age.ms",
            metadataAgeMillis,
            "key.deserializer",
            ByteArrayDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class),
        simulation.environment("reader"));
  }

  private static NetworkConditions way(int millis) {
    Duration oneWay = Duration.ofMillis(millis);
    return NetworkConditions.of(oneWay, oneWay, NetworkConditions.Faults.NONE);
  }

  /** Metadata that are asked for often may be parked at the broker that hangs, too. */
  @ParameterizedTest
  @CsvSource({"1, 300000", "50, 300000", "100, 300000", "1, 20000", "1, 10000", "1, 5000"})
  void whoseFetchTimedOutAsksAnotherBrokerWhoLeadsNow(int wayMillis, int metadataAgeMillis) {
    Seeds.silence();
    for (long seed = 1; seed <= 12; seed++) {
      Simulation simulation = new Simulation(seed, way(wayMillis));
      FakeCluster cluster = FakeCluster.builder().brokers(3).startIn(simulation);
      cluster.createTopic(READ.topic(), 1);
      KafkaConsumer<byte[], byte[]> consumer = consumer(cluster, simulation, metadataAgeMillis);
      consumer.assign(List.of(READ));
      cluster.append(READ.topic(), 0, null, new byte[1]);
      assertThat(consumer.poll(Duration.ofMinutes(1)).count()).isOne();
      consumer.poll(Duration.ofSeconds(3));

      cluster.fenceBroker(cluster.leader(READ.topic(), 0));
      cluster.append(READ.topic(), 0, null, new byte[1]);

      // request.timeout.ms and fetch.max.wait.ms, and some ways to and fro; not twice as long.
      assertThat(consumer.poll(Duration.ofSeconds(35)).count()).as("seed %d", seed).isOne();
      consumer.close();
    }
  }

  @Test
  void whoHasWaitedForItInVainAsksAnotherBrokerNextTime() {
    Seeds.silence();
    int failed = 0;
    for (long seed = 1; seed <= 3; seed++) {
      for (int frozen = 1; frozen <= 3; frozen++) {
        int failures = callsThatFail(seed, frozen);
        assertThat(failures).as("seed %d, broker %d", seed, frozen).isLessThanOrEqualTo(1);
        failed += failures;
      }
    }
    assertThat(failed).as("where the frozen broker was asked").isPositive();
  }

  private static int callsThatFail(long seed, int frozen) {
    Simulation simulation = new Simulation(seed, NetworkConditions.calm());
    FakeCluster cluster = FakeCluster.builder().brokers(3).startIn(simulation);
    cluster.createTopic(READ.topic(), 1);
    KafkaConsumer<byte[], byte[]> consumer = consumer(cluster, simulation, 300_000);
    assertThat(consumer.partitionsFor(READ.topic())).hasSize(1);
    cluster.freezeBroker(frozen);
    int failed = 0;
    while (true) {
      try {
        assertThat(consumer.partitionsFor(READ.topic(), Duration.ofSeconds(2))).hasSize(1);
        break;
      } catch (TimeoutException e) {
        failed++;
      }
    }
    cluster.continueBroker(frozen);
    consumer.close();
    return failed;
  }
}

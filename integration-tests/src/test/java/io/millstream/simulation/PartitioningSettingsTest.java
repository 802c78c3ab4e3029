package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.testing.fake.FakeCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where records go that name no partition, and what settings change about it. */
class PartitioningSettingsTest {

  private static final int SLOW = 2;
  private static final int RECORD_BYTES = 1_000;

  private final SettingsWorld world =
      new SettingsWorld(FakeCluster.builder().brokers(3).racks("a", "b", "b"));

  /** Sends records without keys for some seconds, one each millisecond. */
  private void trickle(KafkaProducer<byte[], byte[]> producer, int seconds) {
    for (int i = 0; i < seconds * 1_000; i++) {
      world.send(producer, null, new byte[RECORD_BYTES]);
      world.run(1);
    }
  }

  /** Returns how many of a hundred records each broker got in such a time, from broker 1 on. */
  private int[] shares(KafkaProducer<byte[], byte[]> producer, int seconds) {
    int[] before = stored();
    trickle(producer, seconds);
    producer.flush();
    assertThat(world.failures).isEmpty();
    int[] shares = stored();
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.round((shares[i] - before[i]) * 100f / (seconds * 1_000));
    }
    return shares;
  }

  private int[] stored() {
    int[] stored = new int[3];
    for (int partition = 0; partition < SettingsWorld.PARTITIONS; partition++) {
      int leader = world.cluster.leader(SettingsWorld.TOPIC, partition);
      stored[leader - 1] += world.cluster.records(SettingsWorld.TOPIC, partition).size();
    }
    return stored;
  }

  private KafkaProducer<byte[], byte[]> producer(Object... settings) {
    List<Object> all = new ArrayList<>(List.of("batch.size", 4_000));
    all.addAll(List.of(settings));
    return world.readyProducer(all.toArray());
  }

  @Test
  @ShowsEffectOf("partitioner.adaptive.partitioning.enable")
  void slowBrokerGetsLessUntilItIsFastAgain() {
    KafkaProducer<byte[], byte[]> producer = producer();
    assertThat(shares(producer, 10)[SLOW - 1]).isBetween(28, 38);

    world.cluster.slowBroker(SLOW, Duration.ofMillis(100));
    int[] shares = shares(producer, 10);
    assertThat(shares[SLOW - 1]).isBetween(1, 15);
    assertThat(shares[0]).isBetween(38, 60);
    assertThat(shares[2]).isBetween(38, 60);

    world.cluster.slowBroker(SLOW, Duration.ZERO);
    world.run(1_000);
    assertThat(shares(producer, 10)[SLOW - 1]).isBetween(28, 38);
  }

  @Test
  @ShowsEffectOf("partitioner.adaptive.partitioning.enable")
  void slowBrokerGetsItsFullShareWhereNothingIsAdapted() {
    KafkaProducer<byte[], byte[]> producer =
        producer("partitioner.adaptive.partitioning.enable", false);
    world.cluster.slowBroker(SLOW, Duration.ofMillis(100));
    assertThat(shares(producer, 10)[SLOW - 1]).isBetween(28, 38);
  }

  @Test
  void brokersThatAreAllSlowShareAlike() {
    KafkaProducer<byte[], byte[]> producer = producer();
    world.cluster.brokerIds().forEach(id -> world.cluster.slowBroker(id, Duration.ofMillis(50)));
    assertThat(shares(producer, 10)).satisfies(this::alike);
  }

  private void alike(int[] shares) {
    for (int share : shares) {
      assertThat(share).isBetween(27, 39);
    }
  }

  @ParameterizedTest
  @CsvSource({"200, true, true", "0, true, false", "200, false, false"})
  @ShowsEffectOf("partitioner.availability.timeout.ms")
  void brokerThatTakesNothingForTooLongGetsNothing(int millis, boolean adaptive, boolean avoided) {
    KafkaProducer<byte[], byte[]> producer =
        producer(
            "partitioner.availability.timeout.ms",
            millis,
            "partitioner.adaptive.partitioning.enable",
            adaptive,
            "max.in.flight.requests.per.connection",
            1);
    trickle(producer, 1);
    world.cluster.freezeBroker(SLOW);
    trickle(producer, 3);
    int pending = 4_000 - world.acknowledged;
    trickle(producer, 5);
    int pendingLater = 9_000 - world.acknowledged;
    if (avoided) {
      assertThat(pendingLater).isBetween(pending - 50, pending + 50);
    } else {
      assertThat(pendingLater).isGreaterThan(pending + 50);
    }

    world.cluster.continueBroker(SLOW);
    producer.flush();
    assertThat(world.acknowledged).isEqualTo(9_000);
    world.run(1_000);
    assertThat(shares(producer, 10)[SLOW - 1]).as("once it takes again").isBetween(28, 38);
  }

  @Test
  void whereNoBrokerTakesAnythingRecordsAreTakenOverAllTheSame() {
    KafkaProducer<byte[], byte[]> producer = producer("partitioner.availability.timeout.ms", 200);
    trickle(producer, 1);
    world.cluster.brokerIds().forEach(world.cluster::freezeBroker);
    trickle(producer, 3);
    world.cluster.brokerIds().forEach(world.cluster::continueBroker);
    producer.flush();
    assertThat(world.acknowledged).isEqualTo(4_000);
    assertThat(world.failures).isEmpty();
  }

  @Test
  @ShowsEffectOf({"partitioner.rack.aware", "client.rack"})
  void recordsWithoutKeyStayInTheRackAsLongAsSomethingLeadsThere() {
    KafkaProducer<byte[], byte[]> near =
        producer("partitioner.rack.aware", true, "client.rack", "b");
    assertThat(shares(near, 5)).satisfies(shares -> assertThat(shares[0]).isZero());
    assertThat(stored()[1]).isGreaterThan(1_000);
    assertThat(stored()[2]).isGreaterThan(1_000);

    KafkaProducer<byte[], byte[]> alone =
        producer("partitioner.rack.aware", true, "client.rack", "a");
    assertThat(shares(alone, 5)).containsExactly(100, 0, 0);
    for (int partition = 0; partition < SettingsWorld.PARTITIONS; partition++) {
      if (world.cluster.leader(SettingsWorld.TOPIC, partition) == 1) {
        world.cluster.moveLeader(SettingsWorld.TOPIC, partition, SLOW);
      }
    }
    alone.partitionsFor(SettingsWorld.TOPIC);
    trickle(alone, 1);
    assertThat(shares(alone, 5)).satisfies(shares -> assertThat(shares[2]).isPositive());
  }

  @ParameterizedTest
  @CsvSource({"true, c", "false, a"})
  @ShowsEffectOf({"partitioner.rack.aware", "client.rack"})
  void recordsGoEverywhereWithoutBrokersInTheRackOrWithoutTheSetting(boolean aware, String rack) {
    KafkaProducer<byte[], byte[]> producer =
        producer("partitioner.rack.aware", aware, "client.rack", rack);
    assertThat(shares(producer, 10)).satisfies(this::alike);
  }

  @Test
  void recordsLeaveTheRackWhileItsBrokerTakesNothing() {
    KafkaProducer<byte[], byte[]> producer =
        producer(
            "partitioner.rack.aware",
            true,
            "client.rack",
            "a",
            "partitioner.availability.timeout.ms",
            200);
    trickle(producer, 1);
    world.cluster.freezeBroker(1);
    trickle(producer, 3);
    int acknowledged = world.acknowledged;
    trickle(producer, 2);
    assertThat(world.acknowledged).isBetween(acknowledged + 1_900, acknowledged + 2_100);
    world.cluster.continueBroker(1);
    producer.flush();
    world.run(1_000);
    assertThat(shares(producer, 5)).containsExactly(100, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @ShowsEffectOf("partitioner.ignore.keys")
  void keyDecidesUnlessItIsIgnored(boolean ignored) {
    KafkaProducer<byte[], byte[]> producer = producer("partitioner.ignore.keys", ignored);
    int before = partitionsInUse();
    for (int i = 0; i < 100; i++) {
      producer.send(new ProducerRecord<>(SettingsWorld.TOPIC, new byte[] {1}, new byte[500]));
    }
    producer.flush();
    assertThat(before).isZero();
    assertThat(partitionsInUse())
        .satisfies(used -> assertThat(ignored ? used > 2 : used == 1).isTrue());
  }

  /** Returns how many partitions got more than the record of the beginning. */
  private int partitionsInUse() {
    int used = 0;
    for (int partition = 0; partition < SettingsWorld.PARTITIONS; partition++) {
      used += world.cluster.records(SettingsWorld.TOPIC, partition).size() > 1 ? 1 : 0;
    }
    return used;
  }
}

package io.millstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.common.serialization.ByteArraySerializer;
import io.millstream.faults.NumberedWriter.Told;
import io.millstream.testing.BrokerProcess;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three brokers, three replicas, two of which must be in sync. While a producer sends, one broker
 * after another is killed, frozen, cut off and reset, each for some seconds. Afterwards every
 * record that was acknowledged lies there exactly once, and each partition is in order.
 *
 * <p>{@code -Dmillstream.faults.seconds=300} makes it last longer, {@code
 * -Dmillstream.faults.seed=17} chooses other moments.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class ProducerFaultsIT {

  private static final Logger LOG = LoggerFactory.getLogger(ProducerFaultsIT.class);
  private static final List<Fault> FAULTS = List.of(Fault.values());
  private static final int SECONDS = Integer.getInteger("millstream.faults.seconds", 60);
  private static final long SEED = Long.getLong("millstream.faults.seed", 1);
  private static final int PARTITIONS = 6;
  private static final int RECORDS_PER_SECOND = 4_000;
  private static final int SHORTEST_MILLIS = 1_000;
  private static final int LONGEST_MILLIS = 8_000;
  private static final long PATIENCE_SECONDS = 90;

  @Test
  void acknowledgedRecordsAreThereOnceAndInOrderWhateverBefallsTheBrokers() throws Exception {
    try (KafkaCluster cluster = cluster()) {
      KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", cluster.bootstrapServers()),
              new ByteArraySerializer(),
              new ByteArraySerializer());
      run(cluster, new Own(producer));
    }
  }

  /** The oracle of the test itself, and what our silences are compared with. */
  @Test
  @EnabledIfSystemProperty(named = "millstream.faults.apache", matches = "true")
  void apachesProducerKeepsTheSamePromise() throws Exception {
    try (KafkaCluster cluster = cluster()) {
      var producer =
          new org.apache.kafka.clients.producer.KafkaProducer<>(
              Map.of("bootstrap.servers", cluster.bootstrapServers()),
              new org.apache.kafka.common.serialization.ByteArraySerializer(),
              new org.apache.kafka.common.serialization.ByteArraySerializer());
      run(cluster, new Apaches(producer));
    }
  }

  private static KafkaCluster cluster() {
    return KafkaCluster.builder(KafkaVersion.V4_4_0).brokers(3).linked().start();
  }

  private static void run(KafkaCluster cluster, NumberedWriter.Client client) throws Exception {
    int rounds = 0;
    NumberedWriter writer;
    try (Replicas replicas = new Replicas(cluster.bootstrapServers(), "numbers", PARTITIONS)) {
      replicas.awaitAllInSync(PATIENCE_SECONDS);
      writer = new NumberedWriter(client, PARTITIONS, RECORDS_PER_SECOND);
      writer.awaitAcknowledged(RECORDS_PER_SECOND, PATIENCE_SECONDS);
      Random random = new Random(SEED);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      while (System.nanoTime() < end || rounds < FAULTS.size()) {
        BrokerProcess broker = cluster.broker(1 + rounds % 3);
        Fault fault = FAULTS.get(rounds % FAULTS.size());
        int millis = SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS);
        LOG.info("Round {}: broker {} is {} for {} ms", rounds, broker.id(), fault, millis);
        befall(broker, fault, millis);
        replicas.awaitAllInSync(PATIENCE_SECONDS);
        writer.awaitAcknowledged(RECORDS_PER_SECOND, PATIENCE_SECONDS);
        rounds++;
      }
    }
    writer.finish();
    check(writer, StoredNumbers.read(cluster.bootstrapServers(), "numbers", PARTITIONS));
    LOG.info(
        "{} faults in {} s: {} records sent, {} acknowledged, longest silence {} ms",
        rounds,
        SECONDS,
        writer.sent(),
        writer.acknowledged().cardinality(),
        writer.longestSilenceMillis());
  }

  private static void befall(BrokerProcess broker, Fault fault, int millis) throws Exception {
    ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    try {
      fault.strike(broker);
      later.schedule(() -> fault.heal(broker), millis, TimeUnit.MILLISECONDS).get();
    } finally {
      later.shutdown();
    }
  }

  private static void check(NumberedWriter writer, StoredNumbers stored) {
    assertThat(writer.disorder()).isEmpty();
    assertThat(stored.wrong()).isEmpty();
    BitSet told = (BitSet) writer.acknowledged().clone();
    told.or(writer.failed());
    assertThat(told.cardinality()).as("records whose callback was called").isEqualTo(writer.sent());
    BitSet lost = (BitSet) writer.acknowledged().clone();
    lost.andNot(stored.found());
    assertThat(lost.stream()).as("acknowledged and lost").isEmpty();
    // No fault lasts as long as delivery.timeout.ms.
    assertThat(writer.failed().cardinality()).as(writer.firstFailure()).isZero();
  }

  private record Own(KafkaProducer<byte[], byte[]> producer) implements NumberedWriter.Client {
    @Override
    public void send(int number, int partition, byte[] value, Told told) {
      producer.send(
          new ProducerRecord<>("numbers", partition, null, value),
          (metadata, failure) -> told.told(number, partition, failure));
    }

    @Override
    public void close() {
      producer.close();
    }
  }

  private record Apaches(org.apache.kafka.clients.producer.KafkaProducer<byte[], byte[]> producer)
      implements NumberedWriter.Client {
    @Override
    public void send(int number, int partition, byte[] value, Told told) {
      producer.send(
          new org.apache.kafka.clients.producer.ProducerRecord<>("numbers", partition, null, value),
          (metadata, failure) -> told.told(number, partition, failure));
    }

    @Override
    public void close() {
      producer.close();
    }
  }
}

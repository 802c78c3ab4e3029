package io.millstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.common.serialization.ByteArraySerializer;
import io.millstream.faults.NumberedWriter.Told;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer sends while one broker after another fails ({@link FaultyCluster}). Afterwards every
 * record that was acknowledged lies there exactly once, and each partition is in order.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class ProducerFaultsIT {

  private static final Logger LOG = LoggerFactory.getLogger(ProducerFaultsIT.class);
  private static final int PARTITIONS = 6;
  private static final int RECORDS_PER_SECOND = 4_000;

  @Test
  void acknowledgedRecordsAreThereOnceAndInOrderWhateverBefallsTheBrokers() throws Exception {
    try (FaultyCluster cluster = new FaultyCluster()) {
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
    try (FaultyCluster cluster = new FaultyCluster()) {
      var producer =
          new org.apache.kafka.clients.producer.KafkaProducer<>(
              Map.of("bootstrap.servers", cluster.bootstrapServers()),
              new org.apache.kafka.common.serialization.ByteArraySerializer(),
              new org.apache.kafka.common.serialization.ByteArraySerializer());
      run(cluster, new Apaches(producer));
    }
  }

  private static void run(FaultyCluster cluster, NumberedWriter.Client client) throws Exception {
    NumberedWriter writer;
    try (Replicas replicas = new Replicas(cluster.bootstrapServers(), "numbers", PARTITIONS)) {
      replicas.awaitAllInSync(FaultyCluster.PATIENCE_SECONDS);
      NumberedWriter steady = new NumberedWriter(client, PARTITIONS, RECORDS_PER_SECOND);
      writer = steady;
      FaultyCluster.Progress oneSecond =
          () -> steady.awaitAcknowledged(RECORDS_PER_SECOND, FaultyCluster.PATIENCE_SECONDS);
      oneSecond.await();
      cluster.befall(replicas, oneSecond);
    }
    writer.finish();
    check(writer, StoredNumbers.read(cluster.bootstrapServers(), "numbers", PARTITIONS));
    LOG.info(
        "{} records sent, {} acknowledged, longest silence {} ms",
        writer.sent(),
        writer.acknowledged().cardinality(),
        writer.longestSilenceMillis());
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

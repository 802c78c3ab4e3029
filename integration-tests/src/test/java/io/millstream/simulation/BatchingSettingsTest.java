package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.BufferExhaustedException;
import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.common.errors.RecordTooLargeException;
import io.millstream.common.serialization.IntegerSerializer;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.fake.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings of batches, requests, memory and compression do. */
class BatchingSettingsTest {

  private static final String BATCH_APPENDED = "^orders-\\d+ has \\d";
  private static final String PRODUCE_ASKED = " PRODUCE \\d+ asked";

  private final SettingsWorld world = new SettingsWorld();

  @Test
  @ShowsEffectOf("linger.ms")
  void recordWaitsForOthersAsLongAsItMay() {
    KafkaProducer<byte[], byte[]> patient = world.readyProducer("linger.ms", 300);
    world.send(patient, 0, new byte[10]);
    world.run(1_000);
    assertThat(world.moments(PRODUCE_ASKED)).hasSize(1).allMatch(at -> at >= 300 && at < 310);

    KafkaProducer<byte[], byte[]> hasty = world.readyProducer("linger.ms", 0);
    world.send(hasty, 0, new byte[10]);
    world.run(1_000);
    assertThat(world.moments(PRODUCE_ASKED)).hasSize(1).allMatch(at -> at < 10);
  }

  @ParameterizedTest
  @CsvSource({"0, 20", "300, 10", "100000, 1"})
  @ShowsEffectOf("batch.size")
  void batchTakesAsManyRecordsAsFit(int batchSize, int batches) {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer("batch.size", batchSize, "linger.ms", 100);
    for (int i = 0; i < 20; i++) {
      world.send(producer, 0, new byte[90]);
    }
    world.run(5_000);
    assertThat(world.acknowledged).isEqualTo(20);
    assertThat(world.moments(BATCH_APPENDED)).hasSize(batches);
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 64})
  @ShowsEffectOf("buffer.memory")
  void recordsThatWaitTakeNoMoreThanTheBuffer(int kibibytes) {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer("buffer.memory", kibibytes * 1024, "max.block.ms", 0);
    world.cluster.brokerIds().forEach(world.cluster::freezeBroker);
    for (int i = 0; i < 100; i++) {
      world.send(producer, 0, new byte[1_000]);
    }
    assertThat(world.failures)
        .allMatch(failure -> failure instanceof BufferExhaustedException)
        .hasSizeBetween(100 - kibibytes, 100 - kibibytes + 16);
  }

  @Test
  @ShowsEffectOf("max.block.ms")
  void callerWaitsForMemoryAsLongAsItMay() {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer("buffer.memory", 32_768, "max.block.ms", 700);
    world.cluster.brokerIds().forEach(world.cluster::freezeBroker);
    while (world.failures.isEmpty()) {
      long waited = world.millisOf(() -> world.send(producer, 0, new byte[1_000]));
      assertThat(waited).isEqualTo(world.failures.isEmpty() ? 0 : 700);
    }
  }

  @Test
  @ShowsEffectOf("max.request.size")
  void recordsAndRequestsAreNoLarger() {
    KafkaProducer<byte[], byte[]> small =
        world.readyProducer("max.request.size", 2_000, "linger.ms", 50, "batch.size", 1_000);
    world.send(small, 0, new byte[2_000]);
    assertThat(world.failures).hasSize(1).hasOnlyElementsOfType(RecordTooLargeException.class);
    for (int i = 0; i < 60; i++) {
      world.send(small, i % SettingsWorld.PARTITIONS, new byte[90]);
    }
    world.run(1_000);
    assertThat(world.acknowledged).isEqualTo(60);
    assertThat(world.written()).allMatch(bytes -> bytes <= 2_000);

    KafkaProducer<byte[], byte[]> large =
        world.readyProducer("max.request.size", 20_000, "linger.ms", 50, "batch.size", 1_000);
    world.send(large, 0, new byte[2_000]);
    for (int i = 0; i < 60; i++) {
      world.send(large, i % SettingsWorld.PARTITIONS, new byte[90]);
    }
    world.run(1_000);
    assertThat(world.failures).isEmpty();
    assertThat(world.written()).anyMatch(bytes -> bytes > 2_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  @ShowsEffectOf("max.in.flight.requests.per.connection")
  void noMoreRequestsAreUnderWay(int most) {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer("max.in.flight.requests.per.connection", most, "linger.ms", 0);
    world.cluster.brokerIds().forEach(world.cluster::freezeBroker);
    for (int i = 0; i < 20; i++) {
      world.send(producer, 0, new byte[10]);
      world.run(10);
    }
    assertThat(world.written()).hasSize(most);
  }

  @Test
  @ShowsEffectOf("acks")
  void acknowledgementComesWhenItIsAskedFor() {
    assertThat(offsetWithAcks("0")).isEqualTo(-1);
    assertThat(offsetWithAcks("1")).isNotNegative();
    SettingsWorld slow = new SettingsWorld(FakeCluster.builder().brokers(3).withDelays());
    assertThat(millisAtTheBroker(slow, "1")).allMatch(millis -> millis == 0);
    assertThat(millisAtTheBroker(slow, "all")).anyMatch(millis -> millis > 0);
  }

  private long offsetWithAcks(String acks) {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer("acks", acks, "enable.idempotence", false, "linger.ms", 0);
    long[] offset = {-2};
    producer.send(
        new ProducerRecord<>(SettingsWorld.TOPIC, new byte[1]),
        (metadata, exception) -> offset[0] = metadata.hasOffset() ? metadata.offset() : -1);
    world.run(100);
    return offset[0];
  }

  /** How long the leader waits for the other replicas. */
  private static List<Long> millisAtTheBroker(SettingsWorld slow, String acks) {
    KafkaProducer<byte[], byte[]> producer =
        slow.readyProducer("acks", acks, "enable.idempotence", false, "linger.ms", 0);
    for (int i = 0; i < 10; i++) {
      slow.send(producer, 0, new byte[1]);
      slow.run(100);
    }
    List<Long> asked = slow.moments(PRODUCE_ASKED);
    List<Long> answered = slow.moments(" PRODUCE answered");
    assertThat(answered).hasSize(10);
    return IntStream.range(0, 10).mapToObj(i -> answered.get(i) - asked.get(i)).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @ShowsEffectOf("enable.idempotence")
  void recordsAreNumberedWhereTheyAreToBeWrittenOnce(boolean idempotent) {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer("enable.idempotence", idempotent, "linger.ms", 0);
    world.cluster.loseAnswers("Produce", 1);
    world.send(producer, 0, new byte[33]);
    world.run(2_000);
    List<StoredRecord> stored =
        world.cluster.records(SettingsWorld.TOPIC, 0).stream()
            .filter(record -> record.value().length == 33)
            .toList();
    assertThat(stored).hasSize(idempotent ? 1 : 2);
    assertThat(stored).allMatch(record -> record.producerId() >= 0 == idempotent);
  }

  @ParameterizedTest
  @CsvSource({"none, true", "gzip, false", "snappy, false", "lz4, false", "zstd, false"})
  @ShowsEffectOf("compression.type")
  void batchesAreCompressed(String codec, boolean large) {
    assertThat(bytesSent("x".repeat(10_000), "compression.type", codec) > 10_000).isEqualTo(large);
  }

  @ParameterizedTest
  @CsvSource({"gzip, 1, 9", "lz4, 9, 17", "zstd, -5, 19"})
  @ShowsEffectOf({"compression.gzip.level", "compression.lz4.level", "compression.zstd.level"})
  void higherLevelMakesBatchesSmaller(String codec, int low, int high) {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder words = new StringBuilder();
    while (words.length() < 10_000) {
      words.append(Long.toString(random.nextInt(4_000), 36)).append(random.nextInt(3)).append(' ');
    }
    String key = "compression." + codec + ".level";
    assertThat(bytesSent(words.toString(), "compression.type", codec, key, high))
        .isLessThan(bytesSent(words.toString(), "compression.type", codec, key, low));
  }

  private int bytesSent(String value, Object... settings) {
    KafkaProducer<byte[], byte[]> producer = world.readyProducer(settings);
    world.send(producer, 0, value.getBytes(StandardCharsets.UTF_8));
    world.run(1_000);
    assertThat(world.acknowledged).isEqualTo(1);
    return world.written().stream().mapToInt(bytes -> bytes).sum();
  }

  @Test
  @ShowsEffectOf("partitioner.ignore.keys")
  void keysMayBeIgnored() {
    assertThat(partitionsOfOneKey(false)).isEqualTo(1);
    assertThat(partitionsOfOneKey(true)).isGreaterThan(1);
  }

  private long partitionsOfOneKey(boolean ignored) {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer("partitioner.ignore.keys", ignored, "batch.size", 200);
    Set<Integer> partitions = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      producer.send(
          new ProducerRecord<>(SettingsWorld.TOPIC, new byte[] {7}, new byte[50]),
          (metadata, exception) -> partitions.add(metadata.partition()));
    }
    producer.flush();
    return partitions.size();
  }

  @Test
  @ShowsEffectOf({"key.serializer", "value.serializer"})
  void keyAndValueAreWrittenByTheirSerializers() {
    KafkaProducer<Object, Object> producer =
        SimulatedProducers.create(
            Map.of(
                "bootstrap.servers", world.cluster.bootstrapServers(),
                "key.serializer", IntegerSerializer.class.getName(),
                "value.serializer", StringSerializer.class.getName()),
            world.simulation.environment("producer"));
    producer.send(new ProducerRecord<>(SettingsWorld.TOPIC, 0, 258, "shoes"));
    producer.flush();
    StoredRecord stored = world.cluster.records(SettingsWorld.TOPIC, 0).get(0);
    assertThat(stored.key()).containsExactly(0, 0, 1, 2);
    assertThat(stored.value()).asString(StandardCharsets.UTF_8).isEqualTo("shoes");
  }
}

package io.millstream.clients.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.Node;
import io.millstream.common.PartitionInfo;
import io.millstream.common.TopicPartition;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.testing.KafkaClusterExtension;
import io.millstream.testing.KafkaVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A consumer reads partitions of a real broker that are assigned to it by hand. */
class ConsumerIT {

  @RegisterExtension
  static final KafkaClusterExtension KAFKA = KafkaClusterExtension.shared(KafkaVersion.V4_4_0);

  private static final Duration LONG = Duration.ofSeconds(30);

  private final ApacheTopics topics = new ApacheTopics(KAFKA.bootstrapServers());

  private static KafkaConsumer<String, String> consumer(Map<String, Object> more) {
    return consumer(KAFKA.bootstrapServers(), more);
  }

  static KafkaConsumer<String, String> consumer(String bootstrapServers, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.putAll(more);
    return new KafkaConsumer<>(settings);
  }

  /** Polls until so many records have come. */
  static <K, V> List<ConsumerRecord<K, V>> read(Consumer<K, V> consumer, int count) {
    List<ConsumerRecord<K, V>> records = new ArrayList<>();
    long deadline = System.nanoTime() + LONG.toNanos();
    while (records.size() < count && System.nanoTime() < deadline) {
      consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
    }
    assertThat(records).as("records within %s", LONG).hasSizeGreaterThanOrEqualTo(count);
    return records;
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
  void readsWhatApachesProducerWroteInOrder(String codec) throws Exception {
    String topic = "read-" + codec;
    topics.create(topic, 3);
    topics.fill(topic, 3, 3_000, codec, "value");
    try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
      List<TopicPartition> partitions =
          List.of(
              new TopicPartition(topic, 0),
              new TopicPartition(topic, 1),
              new TopicPartition(topic, 2));
      consumer.assign(partitions);

      Map<Integer, List<String>> values = new HashMap<>();
      for (ConsumerRecord<String, String> record : read(consumer, 3_000)) {
        List<String> ofPartition =
            values.computeIfAbsent(record.partition(), any -> new ArrayList<>());
        assertThat(record.offset()).isEqualTo(ofPartition.size());
        assertThat(record.key()).isEqualTo(String.valueOf(record.value()).replace("value", "key"));
        ofPartition.add(String.valueOf(record.value()));
      }
      for (int partition = 0; partition < 3; partition++) {
        List<String> sent = new ArrayList<>();
        for (int i = partition; i < 3_000; i += 3) {
          sent.add("value " + i);
        }
        assertThat(values.get(partition)).isEqualTo(sent);
      }
      assertThat(consumer.assignment()).isEqualTo(Set.copyOf(partitions));
      assertThat(consumer.position(partitions.get(0))).isEqualTo(1_000);
      assertThat(consumer.currentLag(partitions.get(0))).hasValue(0);
    }
  }

  @Test
  void goesOnWhereItWasSought() throws Exception {
    topics.create("sought", 1);
    topics.fill("sought", 1, 1_000, "lz4", "value");
    TopicPartition partition = new TopicPartition("sought", 0);
    try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
      consumer.assign(List.of(partition));
      assertThat(read(consumer, 1).get(0).offset()).isZero();

      consumer.seek(partition, 700);
      assertThat(consumer.position(partition)).isEqualTo(700);
      assertThat(read(consumer, 1).get(0).offset()).isEqualTo(700);

      consumer.seekToBeginning(List.of());
      assertThat(consumer.position(partition)).isZero();
      assertThat(read(consumer, 1).get(0).offset()).isZero();

      consumer.seekToEnd(List.of(partition));
      assertThat(consumer.position(partition)).isEqualTo(1_000);
      assertThat(consumer.poll(Duration.ofMillis(100))).isEmpty();
    }
  }

  @Test
  void handsOutNothingOfAPausedPartition() throws Exception {
    topics.create("paused", 2);
    topics.fill("paused", 2, 200, "snappy", "value");
    TopicPartition first = new TopicPartition("paused", 0);
    TopicPartition second = new TopicPartition("paused", 1);
    try (KafkaConsumer<String, String> consumer =
        consumer(Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10))) {
      consumer.assign(List.of(first, second));
      consumer.pause(List.of(first));
      assertThat(consumer.paused()).containsExactly(first);
      assertThat(read(consumer, 100)).hasSize(100).allMatch(record -> record.partition() == 1);
      assertThat(consumer.poll(Duration.ofMillis(100))).isEmpty();
      consumer.resume(List.of(first));
      ConsumerRecords<String, String> records = consumer.poll(LONG);
      assertThat(records.count()).isEqualTo(10);
      assertThat(records.partitions()).containsExactly(first);
      assertThat(records.nextOffsets().get(first))
          .extracting(OffsetAndMetadata::offset)
          .isEqualTo(10L);
      assertThat(read(consumer, 90)).hasSize(90);
    }
  }

  @Test
  void pausedPartitionsThatFillTheBufferDoNotStarveTheOthers() throws Exception {
    topics.create("hoarding", 2);
    String large = "x".repeat(100_000);
    topics.fill("hoarding", 2, 40, "none", large);
    TopicPartition first = new TopicPartition("hoarding", 0);
    TopicPartition second = new TopicPartition("hoarding", 1);
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1,
            ConsumerConfig.FETCH_BUFFER_MAX_BYTES_CONFIG, 250_000L,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 250_000);
    try (KafkaConsumer<String, String> consumer = consumer(settings)) {
      consumer.assign(List.of(first, second));
      consumer.pause(List.of(second));
      assertThat(read(consumer, 1)).hasSize(1);
      consumer.pause(List.of(first));
      consumer.resume(List.of(second));
      assertThat(consumer.poll(LONG)).as("room is made while poll waits").hasSize(1);
      assertThat(read(consumer, 19)).hasSize(19).allMatch(record -> record.partition() == 1);
      consumer.resume(List.of(first));
      List<ConsumerRecord<String, String>> rest = read(consumer, 19);
      assertThat(rest).hasSize(19).allMatch(record -> record.partition() == 0);
      assertThat(rest.get(0).offset()).isEqualTo(1);
    }
  }

  @Test
  void answersQuestionsAboutTopicsAndOffsets() throws Exception {
    topics.create("asked", 2);
    long before = System.currentTimeMillis();
    topics.fill("asked", 2, 20, "none", "value");
    TopicPartition first = new TopicPartition("asked", 0);
    TopicPartition second = new TopicPartition("asked", 1);
    try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
      assertThat(consumer.beginningOffsets(List.of(first, second)))
          .isEqualTo(Map.of(first, 0L, second, 0L));
      assertThat(consumer.endOffsets(List.of(first, second)))
          .isEqualTo(Map.of(first, 10L, second, 10L));
      Map<TopicPartition, OffsetAndTimestamp> found =
          consumer.offsetsForTimes(Map.of(first, before, second, before + 3_600_000));
      assertThat(found.get(first)).extracting(OffsetAndTimestamp::offset).isEqualTo(0L);
      assertThat(found).containsEntry(second, null);
      assertThat(consumer.partitionsFor("asked"))
          .extracting(PartitionInfo::partition)
          .containsExactly(0, 1);
      assertThat(consumer.partitionsFor("asked"))
          .allSatisfy(info -> assertThat(info.leader()).extracting(Node::id).isEqualTo(1));
      assertThat(consumer.listTopics().get("asked")).hasSize(2);
    }
  }
}

package io.millstream.clients.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.TopicPartition;
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

  static KafkaConsumer<String, String> consumer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.bootstrapServers());
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, TextDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, TextDeserializer.class);
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
}

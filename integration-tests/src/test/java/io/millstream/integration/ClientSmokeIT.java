package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.admin.Admin;
import io.millstream.clients.admin.NewTopic;
import io.millstream.clients.consumer.ConsumerConfig;
import io.millstream.clients.consumer.ConsumerRecord;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerConfig;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The three clients against a broker of each generation, with Apache's client looking on. */
class ClientSmokeIT {

  private static final String TOPIC = "smoke";
  private static final String GROUP = "smoke-readers";
  private static final int PARTITIONS = 3;
  private static final int RECORDS_PER_CODEC = 60;
  private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4", "zstd");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @ParameterizedTest
  @EnumSource(KafkaVersion.class)
  void createsATopicSendsReadsInAGroupAndCommits(KafkaVersion version) throws Exception {
    try (KafkaCluster cluster = KafkaCluster.builder(version).start()) {
      String servers = cluster.bootstrapServers();
      createTopic(servers);
      Map<TopicPartition, Long> ends = sendWithEachCodec(servers);

      assertThat(readInAGroup(servers)).isEqualTo(expected());
      assertThat(committed(servers, ends.keySet())).isEqualTo(ends);
      assertThat(committedAsApacheSeesIt(servers)).isEqualTo(ends);
      assertThat(ApacheReader.values(servers, TOPIC, CODECS.size() * RECORDS_PER_CODEC))
          .containsExactlyInAnyOrderElementsOf(
              expected().values().stream().flatMap(List::stream).toList());
    }
  }

  private static void createTopic(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
  }

  /** The values of each key, in the order in which they are sent. */
  private static Map<String, List<String>> expected() {
    Map<String, List<String>> values = new TreeMap<>();
    for (String codec : CODECS) {
      for (int i = 0; i < RECORDS_PER_CODEC; i++) {
        values.computeIfAbsent(key(i), absent -> new ArrayList<>()).add(codec + " " + i);
      }
    }
    return values;
  }

  private static String key(int i) {
    return "key " + i % 7;
  }

  /** Sends everything; gives where each partition ends then. */
  private static Map<TopicPartition, Long> sendWithEachCodec(String servers) throws Exception {
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (String codec : CODECS) {
      Properties settings = new Properties();
      settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
      settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
      settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
      settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, codec);
      try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings)) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < RECORDS_PER_CODEC; i++) {
          ProducerRecord<String, String> message =
              new ProducerRecord<>(TOPIC, key(i), codec + " " + i);
          message.headers().add("codec", codec.getBytes(StandardCharsets.UTF_8));
          sent.add(producer.send(message));
        }
        for (Future<RecordMetadata> each : sent) {
          RecordMetadata metadata = each.get(60, TimeUnit.SECONDS);
          ends.merge(
              new TopicPartition(TOPIC, metadata.partition()), metadata.offset() + 1, Math::max);
        }
      }
    }
    return ends;
  }

  private static Properties consumerSettings(String servers) {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    return settings;
  }

  private static Map<String, List<String>> readInAGroup(String servers) {
    Map<String, List<String>> values = new TreeMap<>();
    int wanted = CODECS.size() * RECORDS_PER_CODEC;
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(consumerSettings(servers))) {
      consumer.subscribe(List.of(TOPIC));
      int read = 0;
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (read < wanted && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          values.computeIfAbsent(record.key(), absent -> new ArrayList<>()).add(record.value());
          assertThat(record.headers().lastHeader("codec").value())
              .asString(StandardCharsets.UTF_8)
              .isEqualTo(record.value().substring(0, record.value().indexOf(' ')));
          read++;
        }
      }
      assertThat(consumer.assignment()).hasSize(PARTITIONS);
      consumer.commitSync();
    }
    return values;
  }

  private static Map<TopicPartition, Long> committed(
      String servers, Set<TopicPartition> partitions) {
    Map<TopicPartition, Long> committed = new HashMap<>();
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(consumerSettings(servers))) {
      consumer
          .committed(partitions)
          .forEach((partition, offset) -> committed.put(partition, offset.offset()));
    }
    return committed;
  }

  private static Map<TopicPartition, Long> committedAsApacheSeesIt(String servers)
      throws Exception {
    Map<TopicPartition, Long> committed = new HashMap<>();
    try (org.apache.kafka.clients.admin.Admin apaches =
        org.apache.kafka.clients.admin.Admin.create(Map.of("bootstrap.servers", servers))) {
      apaches
          .listConsumerGroupOffsets(GROUP)
          .partitionsToOffsetAndMetadata()
          .get(60, TimeUnit.SECONDS)
          .forEach(
              (partition, offset) ->
                  committed.put(
                      new TopicPartition(partition.topic(), partition.partition()),
                      offset.offset()));
    }
    return committed;
  }
}

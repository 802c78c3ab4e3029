package io.millstream.integration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What Apache's clients see of a cluster: the oracle for ours. */
final class ApacheSide {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String servers;

  ApacheSide(String servers) {
    this.servers = servers;
  }

  void createTopic(String name, int partitions, int replicas, Map<String, String> configs)
      throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) replicas).configs(configs)))
          .all()
          .get();
    }
  }

  /** Reads a topic until so many records are there, or a while has passed. */
  Map<Integer, List<ConsumerRecord<String, String>>> readAll(String topic, int expected) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Map<Integer, List<ConsumerRecord<String, String>>> all = readAll(topic);
    while (all.values().stream().mapToInt(List::size).sum() < expected
        && System.nanoTime() < deadline) {
      all = readAll(topic);
    }
    return all;
  }

  /** Reads a topic to its end: the records of each partition, in order. */
  Map<Integer, List<ConsumerRecord<String, String>>> readAll(String topic) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            servers,
            "key.deserializer",
            StringDeserializer.class,
            "value.deserializer",
            StringDeserializer.class,
            "isolation.level",
            "read_committed");
    Map<Integer, List<ConsumerRecord<String, String>>> all = new LinkedHashMap<>();
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
              .toList();
      partitions.forEach(partition -> all.put(partition.partition(), new ArrayList<>()));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (!partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p))) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("the end of " + topic + " was not reached: " + ends);
        }
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          all.get(record.partition()).add(record);
        }
      }
    }
    return all;
  }

  List<String> valuesOf(String topic) {
    List<String> values = new ArrayList<>();
    readAll(topic).values().forEach(list -> list.forEach(record -> values.add(record.value())));
    return values;
  }
}

package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.BufferExhaustedException;
import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.common.errors.RecordTooLargeException;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.fake.StoredRecord;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Three brokers and a producer that sends numbered records. */
final class ProducerWorld {

  static final String TOPIC = "orders";
  static final int PARTITIONS = 4;

  final Simulation simulation;
  final FakeCluster cluster;
  final SplittableRandom random;
  final KafkaProducer<String, String> producer;
  private final Map<Integer, Integer> lastTold = new TreeMap<>();
  private final Map<Integer, Set<Integer>> acknowledged = new TreeMap<>();
  final Map<Integer, Exception> failed = new TreeMap<>();
  final List<String> wrong = new ArrayList<>();
  int sent;
  int ended;
  int withoutMemory;

  ProducerWorld(long seed, NetworkConditions conditions, Map<String, Object> more) {
    this(seed, conditions, more, true);
  }

  ProducerWorld(
      long seed, NetworkConditions conditions, Map<String, Object> more, boolean topicExists) {
    simulation = new Simulation(seed, conditions);
    cluster =
        FakeCluster.builder().brokers(3).autoCreateTopics(false).withDelays().startIn(simulation);
    if (topicExists) {
      cluster.createTopic(TOPIC, PARTITIONS);
    }
    random = new SplittableRandom(~seed);
    Map<String, Object> configs = new HashMap<>();
    configs.put("bootstrap.servers", cluster.bootstrapServers());
    configs.put("key.serializer", StringSerializer.class);
    configs.put("value.serializer", StringSerializer.class);
    configs.put("client.id", "producer");
    configs.put("batch.size", 200);
    // What was begun in a storm shall not outlast max.block.ms after it.
    configs.put("socket.connection.setup.timeout.max.ms", 10_000);
    configs.putAll(more);
    producer = SimulatedProducers.create(configs, simulation.environment("producer"));
    for (int partition = 0; partition < PARTITIONS; partition++) {
      acknowledged.put(partition, new HashSet<>());
    }
  }

  void send(int records) {
    for (int i = 0; i < records; i++) {
      int number = sent++;
      int partition = random.nextInt(PARTITIONS);
      producer.send(
          new ProducerRecord<>(TOPIC, partition, null, Integer.toString(number)),
          (metadata, exception) -> told(partition, number, exception));
    }
  }

  /** Sends records of different sizes; key and chance choose their partitions. */
  void sendAnywhere(int records) {
    for (int i = 0; i < records; i++) {
      int number = sent++;
      String key = random.nextBoolean() ? null : "key " + random.nextInt(20);
      String value =
          number + " " + "x".repeat(random.nextInt(random.nextInt(10) == 0 ? 3_000 : 200));
      producer.send(
          new ProducerRecord<>(TOPIC, key, value),
          (metadata, exception) -> told(metadata.partition(), number, exception));
    }
  }

  private void told(int partition, int number, Exception exception) {
    ended++;
    if (exception instanceof BufferExhaustedException || partition < 0) {
      // Never had a place among the others.
      withoutMemory++;
      return;
    }
    Integer last = lastTold.put(partition, number);
    if (last != null && last >= number) {
      wrong.add("told of %d after %d of partition %d".formatted(number, last, partition));
    }
    if (exception == null) {
      acknowledged.get(partition).add(number);
    } else {
      failed.put(number, exception);
    }
  }

  void disturb() {
    int broker = 1 + random.nextInt(3);
    switch (random.nextInt(19)) {
      case 0 -> cluster.stopBroker(broker);
      case 1, 2 -> cluster.brokerIds().forEach(cluster::startBroker);
      case 3 -> cluster.freezeBroker(broker);
      case 4, 5 -> cluster.brokerIds().forEach(cluster::continueBroker);
      case 6 -> simulation.cutAll();
      case 7, 8 -> cluster.loseAnswers("Produce", 1 + random.nextInt(3));
      case 9 -> cluster.refuse("Produce", "NOT_LEADER_OR_FOLLOWER", 1);
      case 10 -> cluster.refuse("Produce", "NOT_ENOUGH_REPLICAS", 1 + random.nextInt(2));
      case 11 -> cluster.refuse("Produce", "MESSAGE_TOO_LARGE", 1);
      case 12 -> cluster.refuse("Produce", "KAFKA_STORAGE_ERROR", 1);
      case 13 -> cluster.loseAnswers("Metadata", 1);
      case 14, 15 ->
          cluster.delayAnswers(
              "Produce", Duration.ofMillis(1 + random.nextInt(4_000)), 1 + random.nextInt(3));
      // Longer than a client waits for it.
      case 16 -> cluster.delayAnswers("Produce", Duration.ofSeconds(35), 1);
      default -> moveALeader(broker);
    }
  }

  private void moveALeader(int broker) {
    try {
      cluster.moveLeader(TOPIC, random.nextInt(PARTITIONS), broker);
    } catch (IllegalArgumentException stopped) {
      // The broker does not run; so be it.
    }
  }

  void heal() {
    cluster.clearFaults();
    cluster.brokerIds().forEach(cluster::startBroker);
    cluster.brokerIds().forEach(cluster::continueBroker);
    simulation.conditions(NetworkConditions.calm());
  }

  /** Checks the logs; the records that failed with a time-out may be there, but once. */
  void checkLogs() {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      Set<Integer> lost = new HashSet<>(acknowledged.get(partition));
      lost.removeAll(storedOnceAndInOrder(partition));
      assertThat(lost).as("acknowledged and lost").isEmpty();
    }
  }

  /** Returns the numbers in a partition's log; each must be there once, and in order. */
  Set<Integer> storedOnceAndInOrder(int partition) {
    Set<Integer> found = new HashSet<>();
    int last = -1;
    for (StoredRecord record : cluster.records(TOPIC, partition)) {
      String value = new String(record.value(), StandardCharsets.UTF_8);
      int number = Integer.parseInt(value.split(" ", 2)[0]);
      assertThat(found.add(number)).as("%d is there once", number).isTrue();
      assertThat(number).as("order of partition %d", partition).isGreaterThan(last);
      last = number;
    }
    return found;
  }

  /** Returns the ids under which the records in the logs were written. */
  Set<Long> producerIds() {
    Set<Long> ids = new TreeSet<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      cluster.records(TOPIC, partition).forEach(record -> ids.add(record.producerId()));
    }
    return ids;
  }

  void finish() {
    heal();
    producer.close();
    // Ordered at random, it also meets batches that cannot be split any more.
    failed.values().removeIf(e -> e instanceof RecordTooLargeException);
    assertThat(wrong).isEmpty();
    assertThat(ended).as("every record ended").isEqualTo(sent);
    checkLogs();
  }

  static NetworkConditions conditions(long seed) {
    return switch ((int) (seed % 3)) {
      case 0 -> NetworkConditions.calm();
      case 1 -> NetworkConditions.rough();
      default -> NetworkConditions.stormy();
    };
  }
}

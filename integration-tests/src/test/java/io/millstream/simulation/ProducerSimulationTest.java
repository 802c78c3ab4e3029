package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.BufferExhaustedException;
import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.common.errors.ApiException;
import io.millstream.common.errors.RecordTooLargeException;
import io.millstream.common.errors.TimeoutException;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The whole producer against brokers that stop, freeze, move leaders and lose answers. With
 * idempotence nothing acknowledged is lost, nothing is doubled, and no partition's order changes,
 * whatever happens; each record ends once.
 */
class ProducerSimulationTest {

  private static final String TOPIC = "orders";
  private static final int PARTITIONS = 4;

  /** Three brokers and a producer that sends numbered records. */
  private static final class World {

    private final Simulation simulation;
    private final FakeCluster cluster;
    private final SplittableRandom random;
    private final KafkaProducer<String, String> producer;
    private final Map<Integer, Integer> lastTold = new TreeMap<>();
    private final Map<Integer, Set<Integer>> acknowledged = new TreeMap<>();
    private final Map<Integer, Exception> failed = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int sent;
    private int ended;
    private int withoutMemory;

    World(long seed, NetworkConditions conditions, Map<String, Object> more) {
      this(seed, conditions, more, true);
    }

    World(long seed, NetworkConditions conditions, Map<String, Object> more, boolean topicExists) {
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
      switch (random.nextInt(16)) {
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
        Set<Integer> found = new HashSet<>();
        int last = -1;
        for (StoredRecord record : cluster.records(TOPIC, partition)) {
          String value = new String(record.value(), StandardCharsets.UTF_8);
          int number = Integer.parseInt(value.split(" ", 2)[0]);
          assertThat(found.add(number)).as("%d is there once", number).isTrue();
          assertThat(number).as("order of partition %d", partition).isGreaterThan(last);
          last = number;
        }
        Set<Integer> lost = new HashSet<>(acknowledged.get(partition));
        lost.removeAll(found);
        assertThat(lost).as("acknowledged and lost").isEmpty();
      }
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
  }

  @Test
  void everyRecordArrivesOnceAndInOrderHoweverBadItGets() {
    Seeds.forEach(
        getClass(),
        300,
        seed -> {
          World world = new World(seed, conditions(seed), Map.of());
          for (int round = 0; round < 20; round++) {
            world.disturb();
            world.send(world.random.nextInt(60));
            world.simulation.run(Duration.ofMillis(world.random.nextInt(1_500)));
          }
          world.finish();
          assertThat(world.failed).isEmpty();
        });
  }

  @Test
  void recordsThatExpireLeaveNoGapNoDoubleAndNoDisorder() {
    Seeds.forEach(
        getClass(),
        300,
        seed -> {
          World world =
              new World(
                  seed,
                  conditions(seed),
                  Map.of("request.timeout.ms", 1_000, "delivery.timeout.ms", 2_500));
          for (int round = 0; round < 30; round++) {
            world.disturb();
            world.send(world.random.nextInt(40));
            world.simulation.run(Duration.ofMillis(world.random.nextInt(1_500)));
          }
          world.heal();
          // An attempt to connect that has no outcome is given up after up to 36 s.
          world.simulation.run(Duration.ofSeconds(40));
          int failedBefore = world.failed.size();
          world.send(100);
          world.producer.flush();
          assertThat(world.failed.size())
              .as("nothing fails once all is well")
              .isEqualTo(failedBefore);
          world.finish();
          assertThat(world.failed.values()).allMatch(e -> e instanceof TimeoutException);
        });
  }

  @Test
  void fewRetriesFailBatchesAndTheOthersKeepTheirOrder() {
    Seeds.forEach(
        getClass(),
        200,
        seed -> {
          World world = new World(seed, conditions(seed), Map.of("retries", 1));
          for (int round = 0; round < 20; round++) {
            world.disturb();
            world.send(world.random.nextInt(40));
            world.simulation.run(Duration.ofMillis(world.random.nextInt(1_500)));
          }
          world.finish();
          assertThat(world.failed.values()).allMatch(e -> e instanceof ApiException);
        });
  }

  @Test
  void littleMemoryAndCompressionHoldRecordsBackAndLoseNone() {
    Seeds.forEach(
        getClass(),
        200,
        seed -> {
          World world =
              new World(
                  seed,
                  conditions(seed),
                  Map.of(
                      "buffer.memory", 30_000,
                      "batch.size", 1_000,
                      "max.request.size", 4_000,
                      "linger.ms", seed % 2 == 0 ? 0 : 60_000,
                      "compression.type", seed % 5 == 0 ? "none" : "lz4",
                      "max.block.ms", 20_000));
          for (int round = 0; round < 15; round++) {
            world.disturb();
            world.sendAnywhere(world.random.nextInt(60));
            world.simulation.run(Duration.ofMillis(world.random.nextInt(1_500)));
          }
          world.heal();
          world.producer.flush();
          int before = world.withoutMemory;
          world.sendAnywhere(300);
          assertThat(world.withoutMemory).as("all memory has come back").isEqualTo(before);
          world.finish();
        });
  }

  @Test
  void recordsOfATopicThatComesLateArriveInOrder() {
    Seeds.forEach(
        getClass(),
        200,
        seed -> {
          World world = new World(seed, conditions(seed), Map.of("linger.ms", 0), false);
          for (int round = 0; round < 3; round++) {
            world.sendAnywhere(world.random.nextInt(60));
            world.simulation.run(Duration.ofMillis(world.random.nextInt(1_500)));
          }
          world.cluster.createTopic(TOPIC, PARTITIONS);
          for (int round = 0; round < 10; round++) {
            world.sendAnywhere(world.random.nextInt(60));
            world.disturb();
            world.simulation.run(Duration.ofMillis(world.random.nextInt(300)));
          }
          world.heal();
          world.producer.flush();
          assertThat(world.ended).isEqualTo(world.sent);
          world.finish();
        });
  }

  @Test
  void oneInFlightKeepsTheOrderWithoutIdempotence() {
    Seeds.forEach(
        getClass(),
        100,
        seed -> {
          World world =
              new World(
                  seed,
                  NetworkConditions.calm(),
                  Map.of("enable.idempotence", false, "max.in.flight.requests.per.connection", 1));
          for (int round = 0; round < 20; round++) {
            world.cluster.refuse("Produce", "NOT_ENOUGH_REPLICAS", world.random.nextInt(3));
            world.send(world.random.nextInt(60));
            world.simulation.run(Duration.ofMillis(world.random.nextInt(500)));
          }
          world.finish();
          assertThat(world.failed).isEmpty();
        });
  }

  @Test
  void closingInTimeFailsWhatCouldNotBeSent() {
    Seeds.forEach(
        getClass(),
        100,
        seed -> {
          World world = new World(seed, NetworkConditions.calm(), Map.of());
          world.send(50);
          world.simulation.run(Duration.ofMillis(world.random.nextInt(30)));
          world.cluster.brokerIds().forEach(world.cluster::stopBroker);
          world.send(50);
          world.producer.close(Duration.ofMillis(world.random.nextInt(500)));
          assertThat(world.ended).isEqualTo(world.sent);
          world.heal();
          world.checkLogs();
        });
  }

  @Test
  void closingEndsWithTheLastRecordAlsoWhereItExpires() {
    Seeds.forEach(
        getClass(),
        20,
        seed -> {
          World world =
              new World(
                  seed,
                  NetworkConditions.calm(),
                  Map.of("request.timeout.ms", 1_000, "delivery.timeout.ms", 2_500));
          world.cluster.refuse("InitProducerId", "COORDINATOR_LOAD_IN_PROGRESS", 1_000_000);
          world.send(10);
          long begin = world.simulation.nanoTime();
          world.producer.close(Duration.ofSeconds(60));
          assertThat(world.failed).hasSize(10);
          assertThat(Duration.ofNanos(world.simulation.nanoTime() - begin))
              .isLessThan(Duration.ofSeconds(4));
        });
  }

  @Test
  void recordExpiresInTimeAlsoWhereNothingElseHappens() {
    Seeds.forEach(
        getClass(),
        20,
        seed -> {
          World world =
              new World(
                  seed,
                  NetworkConditions.calm(),
                  Map.of("request.timeout.ms", 1_000, "delivery.timeout.ms", 2_500));
          world.cluster.refuse("InitProducerId", "COORDINATOR_LOAD_IN_PROGRESS", 1_000_000);
          world.send(20);
          world.simulation.run(Duration.ofSeconds(4));
          assertThat(world.failed).hasSize(20);
          // Now there are connections, too.
          world.send(20);
          world.simulation.run(Duration.ofSeconds(4));
          assertThat(world.failed).hasSize(40);
          world.finish();
        });
  }

  private static void sendAgain(
      KafkaProducer<String, String> producer, String topic, AtomicInteger failures) {
    producer.send(
        new ProducerRecord<>(topic, "value"),
        (metadata, exception) -> {
          if (failures.incrementAndGet() < 1_000) {
            sendAgain(producer, topic, failures);
          }
        });
  }

  @Test
  void callbackThatSendsAgainToARefusedTopicHoldsUpNothing() {
    Seeds.forEach(
        getClass(),
        20,
        seed -> {
          World world = new World(seed, NetworkConditions.calm(), Map.of());
          AtomicInteger failures = new AtomicInteger();
          sendAgain(world.producer, "not a topic", failures);
          world.simulation.run(Duration.ofSeconds(3));
          world.send(1);
          world.simulation.run(Duration.ofSeconds(1));
          assertThat(world.ended).isEqualTo(1);
          assertThat(failures.get()).isBetween(2, 100);
          world.producer.close(Duration.ZERO);
        });
  }

  @Test
  void unknownTopicFailsAfterMaxBlockAndSaysSo() {
    Seeds.forEach(
        getClass(),
        20,
        seed -> {
          Simulation simulation = new Simulation(seed, NetworkConditions.calm());
          FakeCluster cluster = FakeCluster.builder().autoCreateTopics(false).startIn(simulation);
          KafkaProducer<String, String> producer =
              SimulatedProducers.create(
                  Map.of(
                      "bootstrap.servers",
                      cluster.bootstrapServers(),
                      "key.serializer",
                      StringSerializer.class,
                      "value.serializer",
                      StringSerializer.class,
                      "max.block.ms",
                      3_000),
                  simulation.environment("producer"));
          AtomicBoolean told = new AtomicBoolean();
          producer.send(
              new ProducerRecord<>("absent", "value"),
              (metadata, exception) -> {
                told.set(true);
                assertThat(exception)
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("absent")
                    .hasMessageContaining("max.block.ms=3000 ms")
                    .hasMessageContaining("UNKNOWN_TOPIC_OR_PARTITION");
              });
          simulation.run(Duration.ofMillis(2_900));
          assertThat(told).isFalse();
          simulation.run(Duration.ofMillis(200));
          assertThat(told).isTrue();
          producer.close();
        });
  }

  private static NetworkConditions conditions(long seed) {
    return switch ((int) (seed % 3)) {
      case 0 -> NetworkConditions.calm();
      case 1 -> NetworkConditions.rough();
      default -> NetworkConditions.stormy();
    };
  }
}

package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.common.errors.ApiException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The whole producer against brokers that stop, freeze, move leaders and lose answers. With
 * idempotence nothing acknowledged is lost, nothing is doubled, and no partition's order changes,
 * whatever happens; each record ends once.
 */
class ProducerSimulationTest {

  @Test
  void everyRecordArrivesOnceAndInOrderHoweverBadItGets() {
    Mishap.Tally tally =
        Seeds.tally(
            getClass(),
            3_000,
            seed -> {
              ProducerWorld world =
                  new ProducerWorld(seed, ProducerWorld.conditions(seed), Map.of());
              for (int round = 0; round < 20; round++) {
                world.disturb();
                world.send(world.random.nextInt(60));
                world.simulation.run(Duration.ofMillis(world.random.nextInt(1_500)));
              }
              world.finish();
              assertThat(world.failed).isEmpty();
              return world.simulation;
            });
    assertThat(tally.missing()).as("never happened").isSubsetOf(Mishap.EPOCH_FENCED);
  }

  @Test
  void recordsThatExpireLeaveNoGapNoDoubleAndNoDisorder() {
    Mishap.Tally tally =
        Seeds.tally(
            getClass(),
            2_000,
            seed -> {
              ProducerWorld world =
                  new ProducerWorld(
                      seed,
                      ProducerWorld.conditions(seed),
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
              return world.simulation;
            });
    assertThat(tally.missing()).as("never happened").isEmpty();
  }

  @Test
  void fewRetriesFailBatchesAndTheOthersKeepTheirOrder() {
    Mishap.Tally tally =
        Seeds.tally(
            getClass(),
            2_000,
            seed -> {
              ProducerWorld world =
                  new ProducerWorld(seed, ProducerWorld.conditions(seed), Map.of("retries", 1));
              for (int round = 0; round < 20; round++) {
                world.disturb();
                world.send(world.random.nextInt(40));
                world.simulation.run(Duration.ofMillis(world.random.nextInt(1_500)));
              }
              world.finish();
              assertThat(world.failed.values()).allMatch(e -> e instanceof ApiException);
              return world.simulation;
            });
    assertThat(tally.missing()).as("never happened").isSubsetOf(Mishap.EPOCH_FENCED);
  }

  @Test
  void littleMemoryAndCompressionHoldRecordsBackAndLoseNone() {
    Mishap.Tally tally =
        Seeds.tally(
            getClass(),
            1_000,
            seed -> {
              ProducerWorld world =
                  new ProducerWorld(
                      seed,
                      ProducerWorld.conditions(seed),
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
              return world.simulation;
            });
    assertThat(tally.missing()).as("never happened").isSubsetOf(Mishap.EPOCH_FENCED);
  }

  @Test
  void recordsOfATopicThatComesLateArriveInOrder() {
    Mishap.Tally tally =
        Seeds.tally(
            getClass(),
            1_000,
            seed -> {
              ProducerWorld world =
                  new ProducerWorld(
                      seed, ProducerWorld.conditions(seed), Map.of("linger.ms", 0), false);
              for (int round = 0; round < 3; round++) {
                world.sendAnywhere(world.random.nextInt(60));
                world.simulation.run(Duration.ofMillis(world.random.nextInt(1_500)));
              }
              world.cluster.createTopic(ProducerWorld.TOPIC, ProducerWorld.PARTITIONS);
              for (int round = 0; round < 10; round++) {
                world.sendAnywhere(world.random.nextInt(60));
                world.disturb();
                world.simulation.run(Duration.ofMillis(world.random.nextInt(300)));
              }
              world.heal();
              world.producer.flush();
              assertThat(world.ended).isEqualTo(world.sent);
              world.finish();
              return world.simulation;
            });
    assertThat(tally.missing()).as("never happened").isSubsetOf(Mishap.EPOCH_FENCED);
  }

  @Test
  void oneInFlightKeepsTheOrderWithoutIdempotence() {
    Seeds.forEach(
        getClass(),
        1_000,
        seed -> {
          ProducerWorld world =
              new ProducerWorld(
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
        500,
        seed -> {
          ProducerWorld world = new ProducerWorld(seed, NetworkConditions.calm(), Map.of());
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
          ProducerWorld world =
              new ProducerWorld(
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
          ProducerWorld world =
              new ProducerWorld(
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
          ProducerWorld world = new ProducerWorld(seed, NetworkConditions.calm(), Map.of());
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
    unknownTopicFails(Map.of("max.block.ms", 3_000), "max.block.ms=3000 ms");
  }

  @Test
  void unknownTopicFailsAfterDeliveryTimeoutWhereThatIsShorter() {
    unknownTopicFails(
        Map.of(
            "max.block.ms",
            Long.MAX_VALUE,
            "request.timeout.ms",
            1_000,
            "delivery.timeout.ms",
            3_000),
        "delivery.timeout.ms=3000 ms");
  }

  private void unknownTopicFails(Map<String, Object> settings, String limit) {
    Seeds.forEach(
        getClass(),
        20,
        seed -> {
          Simulation simulation = new Simulation(seed, NetworkConditions.calm());
          FakeCluster cluster = FakeCluster.builder().autoCreateTopics(false).startIn(simulation);
          Map<String, Object> all = new HashMap<>(settings);
          all.put("bootstrap.servers", cluster.bootstrapServers());
          all.put("key.serializer", StringSerializer.class);
          all.put("value.serializer", StringSerializer.class);
          KafkaProducer<String, String> producer =
              SimulatedProducers.create(all, simulation.environment("producer"));
          List<Exception> told = new ArrayList<>();
          producer.send(
              new ProducerRecord<>("absent", "value"),
              (metadata, exception) -> told.add(exception));
          simulation.run(Duration.ofMillis(2_900));
          assertThat(told).isEmpty();
          simulation.run(Duration.ofMillis(200));
          assertThat(told).hasSize(1);
          assertThat(told.get(0))
              .isInstanceOf(TimeoutException.class)
              .hasMessageContaining("absent")
              .hasMessageContaining(limit)
              .hasMessageContaining("UNKNOWN_TOPIC_OR_PARTITION");
          producer.close();
        });
  }

  @Test
  void producerWhoseEpochsAreUsedUpGoesOnUnderAnotherId() {
    Seeds.forEach(
        getClass(),
        500,
        seed -> {
          ProducerWorld world =
              new ProducerWorld(
                  seed,
                  NetworkConditions.calm(),
                  Map.of("request.timeout.ms", 1_000, "delivery.timeout.ms", 2_500));
          world.cluster.giveProducerEpoch(Short.MAX_VALUE);
          world.send(20);
          world.producer.flush();
          assertThat(world.producerIds()).hasSize(1);
          world.cluster.brokerIds().forEach(world.cluster::freezeBroker);
          world.send(20);
          world.simulation.run(Duration.ofSeconds(4));
          assertThat(world.failed).as("given up, of unknown fate").isNotEmpty();
          world.heal();
          world.simulation.run(Duration.ofSeconds(40));
          int failedBefore = world.failed.size();
          world.send(50);
          world.producer.flush();
          assertThat(world.failed).hasSize(failedBefore);
          assertThat(world.producerIds()).hasSizeGreaterThan(1);
          world.finish();
        });
  }

  @Test
  void producerThatBrokersDoNotKnowAnyMoreGoesOnUnderAnotherIdentity() {
    Mishap.Tally tally =
        Seeds.tally(
            getClass(),
            1_000,
            seed -> {
              ProducerWorld world = new ProducerWorld(seed, NetworkConditions.calm(), Map.of());
              for (int round = 0; round < 20; round++) {
                String error =
                    world.random.nextBoolean() ? "INVALID_PRODUCER_EPOCH" : "UNKNOWN_PRODUCER_ID";
                world.cluster.refuse("Produce", error, world.random.nextInt(3));
                world.send(world.random.nextInt(60));
                world.simulation.run(Duration.ofMillis(world.random.nextInt(500)));
              }
              world.finish();
              assertThat(world.failed).isEmpty();
              return world.simulation;
            });
    assertThat(tally.missing()).doesNotContain(Mishap.EPOCH_FENCED);
  }

  @Test
  void recordsThatALogLosesHaveNoneFailThatComeLater() {
    Seeds.forEach(
        getClass(),
        500,
        seed -> {
          ProducerWorld world = new ProducerWorld(seed, NetworkConditions.calm(), Map.of());
          for (int round = 0; round < 5; round++) {
            world.send(40);
            world.producer.flush();
            int known = world.sent;
            for (int partition = 0; partition < ProducerWorld.PARTITIONS; partition++) {
              int records = world.cluster.records(ProducerWorld.TOPIC, partition).size();
              world.cluster.loseRecordsFrom(
                  ProducerWorld.TOPIC, partition, world.random.nextInt(records + 1));
            }
            world.send(40);
            world.producer.flush();
            int stored = 0;
            for (int partition = 0; partition < ProducerWorld.PARTITIONS; partition++) {
              for (int number : world.storedOnceAndInOrder(partition)) {
                stored += number >= known ? 1 : 0;
              }
            }
            assertThat(stored).as("records that came after the loss").isEqualTo(40);
          }
          assertThat(world.failed).isEmpty();
          assertThat(world.wrong).isEmpty();
          world.producer.close();
        });
  }

  @Test
  void withoutAcksEachRecordEndsOnceAndNoneIsThereTwiceThoughConnectionsBreak() {
    Seeds.forEach(
        getClass(),
        500,
        seed -> {
          ProducerWorld world =
              new ProducerWorld(
                  seed,
                  ProducerWorld.conditions(seed),
                  Map.of(
                      "acks", "0",
                      "enable.idempotence", false,
                      "max.in.flight.requests.per.connection", 1,
                      "buffer.memory", 30_000,
                      "max.request.size", 4_000,
                      "max.block.ms", 20_000));
          for (int round = 0; round < 20; round++) {
            switch (world.random.nextInt(4)) {
              case 0 -> world.simulation.cutAll();
              case 1 -> world.cluster.stopBroker(1 + world.random.nextInt(3));
              default -> world.cluster.brokerIds().forEach(world.cluster::startBroker);
            }
            world.sendAnywhere(world.random.nextInt(60));
            world.simulation.run(Duration.ofMillis(world.random.nextInt(1_000)));
          }
          world.heal();
          world.producer.flush();
          int before = world.withoutMemory;
          world.sendAnywhere(300);
          assertThat(world.withoutMemory).as("all memory has come back").isEqualTo(before);
          world.producer.close();
          assertThat(world.ended).isEqualTo(world.sent);
          // Where all brokers of a partition are down, its records have only so much time.
          assertThat(world.failed.values()).allMatch(e -> e instanceof TimeoutException);
          assertThat(world.wrong).isEmpty();
          for (int partition = 0; partition < ProducerWorld.PARTITIONS; partition++) {
            assertThat(world.storedOnceAndInOrder(partition)).isNotEmpty();
          }
        });
  }
}

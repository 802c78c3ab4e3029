package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.ConsumersInSimulation;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A topic is deleted and created again under clients that use it. */
class RecreatedTopicSimulationTest {

  private static final String TOPIC = "orders";
  private static final int PARTITIONS = 2;
  private static final Duration LONG = Duration.ofMinutes(4);

  private static final class World {

    private final Simulation simulation;
    private final FakeCluster cluster;
    private final SplittableRandom random;
    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;
    private final List<String> read = new ArrayList<>();
    private int acknowledged;

    World(long seed) {
      simulation =
          new Simulation(
              seed, seed % 2 == 0 ? NetworkConditions.calm() : NetworkConditions.rough());
      cluster =
          FakeCluster.builder().brokers(3).autoCreateTopics(false).withDelays().startIn(simulation);
      random = new SplittableRandom(~seed);
      cluster.createTopic(TOPIC, PARTITIONS);
      producer =
          SimulatedProducers.create(
              Map.of(
                  "bootstrap.servers",
                  cluster.bootstrapServers(),
                  "key.serializer",
                  StringSerializer.class,
                  "value.serializer",
                  StringSerializer.class,
                  "max.block.ms",
                  5_000,
                  "request.timeout.ms",
                  3_000,
                  "delivery.timeout.ms",
                  60_000),
              simulation.environment("producer"));
      Map<String, Object> settings = new TreeMap<>();
      settings.put("bootstrap.servers", cluster.bootstrapServers());
      settings.put("group.id", "readers");
      settings.put("auto.offset.reset", "earliest");
      settings.put("metadata.max.age.ms", 10_000);
      settings.put("request.timeout.ms", 5_000);
      settings.put("key.deserializer", StringDeserializer.class);
      settings.put("value.deserializer", StringDeserializer.class);
      consumer = ConsumersInSimulation.create(settings, simulation.environment("consumer"));
      consumer.subscribe(List.of(TOPIC));
    }

    void send(String prefix, int records) {
      for (int i = 0; i < records; i++) {
        producer.send(
            new ProducerRecord<>(TOPIC, i % PARTITIONS, null, prefix + i),
            (metadata, exception) -> acknowledged += exception == null ? 1 : 0);
      }
    }

    void poll(int millis) {
      consumer.poll(Duration.ofMillis(millis)).forEach(record -> read.add(record.value()));
    }

    void sendUntilOneArrives() {
      long deadline = simulation.nanoTime() + LONG.toNanos();
      int before = acknowledged;
      while (acknowledged == before) {
        assertThat(simulation.nanoTime()).as("deadline").isLessThan(deadline);
        send("trial", 1);
        producer.flush();
      }
    }

    /** Sends what must arrive, and reads it. */
    void sendAndRead(int records) {
      int before = acknowledged;
      send("new", records);
      producer.flush();
      assertThat(acknowledged - before).as("acknowledged").isEqualTo(records);
      List<String> sent = new ArrayList<>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        cluster
            .records(TOPIC, partition)
            .forEach(record -> sent.add(new String(record.value(), StandardCharsets.UTF_8)));
      }
      sent.removeIf(value -> !value.startsWith("new"));
      assertThat(sent).hasSize(records).doesNotHaveDuplicates();
      long deadline = simulation.nanoTime() + LONG.toNanos();
      while (!read.containsAll(sent) && simulation.nanoTime() < deadline) {
        poll(1_000);
      }
      sent.removeAll(read);
      assertThat(sent).as("sent to the new topic and not read").isEmpty();
    }
  }

  @Test
  void producerAndGroupGoOnWithTheNewTopic() {
    Seeds.forEach(
        getClass(),
        150,
        seed -> {
          World world = new World(seed);
          for (int round = 0; round < 5; round++) {
            world.send("old", world.random.nextInt(40));
            world.poll(world.random.nextInt(1_000));
          }
          world.cluster.deleteTopic(TOPIC);
          if (world.random.nextBoolean()) {
            world.send("lost", world.random.nextInt(10));
            world.poll(world.random.nextInt(8_000));
          }
          world.cluster.createTopic(TOPIC, PARTITIONS);
          world.sendUntilOneArrives();
          world.simulation.conditions(NetworkConditions.calm());
          world.sendAndRead(1 + world.random.nextInt(300));
          world.producer.close();
          world.consumer.close();
        });
  }
}

package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.consumer.ConsumersInSimulation;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.clients.consumer.LogTruncationException;
import io.millstream.common.TopicPartition;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log loses records that were read, as by an unclean election, and others take their offsets. */
class TruncatedLogTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

  private final Simulation simulation = new Simulation(1, NetworkConditions.calm());
  private final FakeCluster cluster =
      FakeCluster.builder().autoCreateTopics(false).startIn(simulation);
  private final List<String> read = new ArrayList<>();

  @BeforeEach
  void write() {
    Seeds.silence();
    cluster.createTopic(ORDERS.topic(), 1);
    write("old", 10);
  }

  private void write(String prefix, int records) {
    for (int i = 0; i < records; i++) {
      byte[] value = (prefix + i).getBytes(StandardCharsets.UTF_8);
      cluster.append(ORDERS.topic(), 0, null, value);
    }
  }

  private KafkaConsumer<String, String> consumer(String reset) {
    KafkaConsumer<String, String> consumer =
        ConsumersInSimulation.create(
            Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "auto.offset.reset",
                reset,
                "key.deserializer",
                StringDeserializer.class,
                "value.deserializer",
                StringDeserializer.class),
            simulation.environment("consumer"));
    consumer.assign(List.of(ORDERS));
    consumer.seekToBeginning(List.of());
    return consumer;
  }

  private void read(KafkaConsumer<String, String> consumer, int upTo) {
    long deadline = simulation.nanoTime() + MINUTE.toNanos();
    while (read.size() < upTo && simulation.nanoTime() < deadline) {
      consumer.poll(Duration.ofSeconds(1)).forEach(record -> read.add(record.value()));
    }
    assertThat(read).hasSize(upTo);
  }

  @Test
  void theConsumerGoesOnWhereTheLogsPart() {
    KafkaConsumer<String, String> consumer = consumer("latest");
    read(consumer, 10);

    cluster.loseRecordsFrom(ORDERS.topic(), 0, 6);
    write("new", 10);

    read(consumer, 20);
    assertThat(read.subList(10, 20))
        .containsExactly(
            "new0", "new1", "new2", "new3", "new4", "new5", "new6", "new7", "new8", "new9");
  }

  @Test
  void theUserIsToldWhereNoOtherPlaceMayBeChosen() {
    KafkaConsumer<String, String> consumer = consumer("none");
    read(consumer, 10);

    cluster.loseRecordsFrom(ORDERS.topic(), 0, 6);
    write("new", 10);

    assertThatThrownBy(() -> consumer.poll(MINUTE))
        .isInstanceOfSatisfying(
            LogTruncationException.class,
            e -> assertThat(e.divergentOffsets().get(ORDERS).offset()).isEqualTo(6))
        .hasMessageContaining("orders-0");
    consumer.seek(ORDERS, 6);
    read(consumer, 20);
  }
}

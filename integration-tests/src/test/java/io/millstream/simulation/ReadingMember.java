package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.CloseOptions;
import io.millstream.clients.consumer.CommitFailedException;
import io.millstream.clients.consumer.ConsumerRebalanceListener;
import io.millstream.clients.consumer.ConsumerRecord;
import io.millstream.clients.consumer.ConsumersInSimulation;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.RebalanceInProgressException;
import io.millstream.common.errors.RetriableException;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.network.Environment;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One consumer of the group, and what it must not do. */
final class ReadingMember implements ConsumerRebalanceListener {

  private static final Duration SLACK = Duration.ofSeconds(1);
  private static final Duration CALL_TIME = Duration.ofSeconds(20);

  private final ReadingWorld world;
  private final Environment environment;
  private final KafkaConsumer<String, String> consumer;
  private final Map<Integer, Long> nextOffsets = new TreeMap<>();

  ReadingMember(ReadingWorld world, int number) {
    this.world = world;
    String name = "consumer-" + number;
    environment = world.simulation().environment(name);
    Map<String, Object> settings = new TreeMap<>();
    settings.put("bootstrap.servers", world.cluster().bootstrapServers());
    settings.put("client.id", name);
    settings.put("group.id", ReadingWorld.GROUP);
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", number % 2 == 0);
    settings.put("auto.commit.interval.ms", 700);
    settings.put("session.timeout.ms", 10_000);
    settings.put("max.poll.records", 7);
    settings.put("key.deserializer", StringDeserializer.class);
    settings.put("value.deserializer", StringDeserializer.class);
    consumer = ConsumersInSimulation.create(settings, environment);
    consumer.subscribe(List.of(ReadingWorld.TOPIC), this);
  }

  void poll(Duration timeout) {
    nextOffsets.forEach(world::dealtWith);
    long before = world.simulation().nanoTime();
    for (ConsumerRecord<String, String> record : consumer.poll(timeout)) {
      Long expected = nextOffsets.put(record.partition(), record.offset() + 1);
      if (expected != null) {
        assertThat(record.offset()).as("next offset of %s", record).isEqualTo(expected);
      }
      world.read(record.partition(), record.offset(), record.value());
    }
    checkTime("poll", before, timeout);
  }

  void commit() {
    nextOffsets.forEach(world::dealtWith);
    long before = world.simulation().nanoTime();
    try {
      consumer.commitSync(CALL_TIME);
    } catch (CommitFailedException | RebalanceInProgressException | RetriableException e) {
      // The next one will do it.
    }
    checkTime("commitSync", before, CALL_TIME);
  }

  void close() {
    nextOffsets.forEach(world::dealtWith);
    long before = world.simulation().nanoTime();
    consumer.close(CloseOptions.timeout(CALL_TIME));
    checkTime("close", before, CALL_TIME);
  }

  /** Dies without a word to anybody. */
  void kill() {
    world.simulation().kill(environment);
  }

  private void checkTime(String what, long beforeNanos, Duration timeout) {
    assertThat(Duration.ofNanos(world.simulation().nanoTime() - beforeNanos))
        .as("time of %s", what)
        .isLessThanOrEqualTo(timeout.plus(SLACK));
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> nextOffsets.remove(partition.partition()));
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> nextOffsets.remove(partition.partition()));
  }
}

package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.consumer.CloseOptions;
import io.millstream.clients.consumer.ConsumerRecord;
import io.millstream.clients.consumer.ConsumersInSimulation;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.errors.WakeupException;
import io.millstream.common.serialization.StringDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A consumer without a group whose partitions, positions and pauses change at random, beside a
 * model that knows which record must come next.
 */
final class AssignedReader {

  private static final Duration CALL_TIME = Duration.ofSeconds(5);
  private static final Duration SLACK = Duration.ofMillis(100);
  private static final Duration CATCH_UP = Duration.ofMinutes(2);

  /** Where the next record lies: between two offsets, which differ only after seeking the end. */
  private record Place(long least, long most) {}

  private final ReadingWorld world;
  private final SplittableRandom random;
  private final KafkaConsumer<String, String> consumer;
  private final Map<Integer, Place> places = new TreeMap<>();
  private final TreeSet<Integer> paused = new TreeSet<>();

  AssignedReader(ReadingWorld world) {
    this.world = world;
    random = world.random().split();
    Map<String, Object> settings = new TreeMap<>();
    settings.put("bootstrap.servers", world.cluster().bootstrapServers());
    settings.put("client.id", "reader");
    settings.put("auto.offset.reset", "earliest");
    settings.put("request.timeout.ms", 3_000);
    settings.put("max.poll.records", 1 + random.nextInt(30));
    settings.put("fetch.max.bytes", 500 << random.nextInt(8));
    settings.put("max.partition.fetch.bytes", 300 << random.nextInt(8));
    settings.put("key.deserializer", StringDeserializer.class);
    settings.put("value.deserializer", StringDeserializer.class);
    consumer = ConsumersInSimulation.create(settings, world.simulation().environment("reader"));
  }

  private static TopicPartition named(int partition) {
    return new TopicPartition(ReadingWorld.TOPIC, partition);
  }

  private static List<TopicPartition> named(Iterable<Integer> partitions) {
    List<TopicPartition> named = new ArrayList<>();
    partitions.forEach(partition -> named.add(named(partition)));
    return named;
  }

  private long end(int partition) {
    return world.logs().get(partition).size();
  }

  /** Calls one of the consumer's methods. */
  void act() {
    if (places.isEmpty()) {
      assign();
      return;
    }
    List<Integer> assigned = List.copyOf(places.keySet());
    int partition = assigned.get(random.nextInt(assigned.size()));
    switch (random.nextInt(20)) {
      case 0 -> assign();
      case 1, 2 -> {
        long offset = random.nextLong(end(partition) + 1);
        consumer.seek(named(partition), offset);
        places.put(partition, new Place(offset, offset));
      }
      case 3 -> {
        consumer.seekToBeginning(List.of(named(partition)));
        places.put(partition, new Place(0, 0));
      }
      case 4 -> {
        consumer.seekToEnd(List.of(named(partition)));
        places.put(partition, new Place(end(partition), Long.MAX_VALUE));
      }
      case 5 -> {
        consumer.pause(List.of(named(partition)));
        paused.add(partition);
      }
      case 6, 7 -> {
        consumer.resume(named(paused));
        paused.clear();
      }
      case 8 -> position(partition);
      case 9 -> {
        Map<TopicPartition, Long> ends =
            inTime("endOffsets", () -> consumer.endOffsets(named(assigned), CALL_TIME));
        ends.forEach(
            (of, offset) -> assertThat(offset).as("%s", of).isEqualTo(end(of.partition())));
      }
      case 10 -> {
        consumer.wakeup();
        assertThatThrownBy(() -> consumer.poll(CALL_TIME)).isInstanceOf(WakeupException.class);
      }
      default -> poll(Duration.ofMillis(random.nextInt(600)));
    }
    assertThat(consumer.paused()).containsExactlyInAnyOrderElementsOf(named(paused));
    assertThat(consumer.assignment()).containsExactlyInAnyOrderElementsOf(named(places.keySet()));
  }

  private void assign() {
    TreeSet<Integer> chosen = new TreeSet<>();
    for (int partition = 0; partition < ReadingWorld.PARTITIONS; partition++) {
      if (random.nextInt(3) > 0) {
        chosen.add(partition);
      }
    }
    consumer.assign(named(chosen));
    places.keySet().retainAll(chosen);
    paused.retainAll(chosen);
    chosen.forEach(partition -> places.putIfAbsent(partition, new Place(0, 0)));
  }

  private void position(int partition) {
    Long position =
        inTime("position", () -> Map.of(partition, consumer.position(named(partition), CALL_TIME)))
            .get(partition);
    if (position != null) {
      check(partition, position);
      places.put(partition, new Place(position, position));
    }
  }

  private void check(int partition, long offset) {
    Place place = places.get(partition);
    assertThat(offset)
        .as("offset of partition %d, in place of %s", partition, place)
        .isBetween(place.least, place.most);
  }

  /** Returns what a call does, or nothing when it gives up, which it does in time. */
  private <K, V> Map<K, V> inTime(String what, Supplier<Map<K, V>> call) {
    long before = world.simulation().nanoTime();
    try {
      return call.get();
    } catch (TimeoutException e) {
      return Map.of();
    } finally {
      checkTime(what, before, CALL_TIME);
    }
  }

  private void checkTime(String what, long beforeNanos, Duration allowed) {
    assertThat(Duration.ofNanos(world.simulation().nanoTime() - beforeNanos))
        .as("time of %s", what)
        .isLessThanOrEqualTo(allowed.plus(SLACK));
  }

  private void poll(Duration timeout) {
    Map<Integer, List<String>> logs = world.logs();
    long before = world.simulation().nanoTime();
    for (ConsumerRecord<String, String> record : consumer.poll(timeout)) {
      int partition = record.partition();
      assertThat(places).as("assigned").containsKey(partition);
      assertThat(paused).as("paused").doesNotContain(partition);
      check(partition, record.offset());
      assertThat(record.value()).isEqualTo(logs.get(partition).get((int) record.offset()));
      places.put(partition, new Place(record.offset() + 1, record.offset() + 1));
    }
    checkTime("poll", before, timeout);
  }

  /** All is well: everything is read to its end, in time. */
  void finish() {
    paused.clear();
    consumer.resume(consumer.paused());
    long deadline = world.simulation().nanoTime() + CATCH_UP.toNanos();
    while (!atEnds() && world.simulation().nanoTime() < deadline) {
      poll(Duration.ofSeconds(1));
      // Nothing may come after seeking the end, so the place has to be asked for.
      List.copyOf(places.keySet()).forEach(this::position);
    }
    assertThat(atEnds()).as("at the ends: %s", places).isTrue();
    long before = world.simulation().nanoTime();
    consumer.close(CloseOptions.timeout(CALL_TIME));
    checkTime("close", before, CALL_TIME);
  }

  private boolean atEnds() {
    return places.entrySet().stream()
        .allMatch(entry -> entry.getValue().least == end(entry.getKey()));
  }
}

package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.network.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One idempotent producer with all the time it needs, and what it was told. Each value has the
 * producer's name, the partition and a number that counts its records there.
 */
final class WritingClient {

  private static final String[] CODECS = {"none", "gzip", "snappy", "lz4", "zstd"};
  private static final int LONG_MILLIS = (int) Duration.ofMinutes(60).toMillis();
  private static final Duration CLOSE_TIME = Duration.ofMinutes(1);

  private final ReadingWorld world;
  private final String name;
  private final Environment environment;
  private final SplittableRandom random;
  private final KafkaProducer<String, String> producer;
  private final Map<Integer, List<String>> sent = new TreeMap<>();
  private final Map<Integer, List<Long>> offsets = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private boolean killed;

  WritingClient(ReadingWorld world, int number) {
    this.world = world;
    random = world.random().split();
    name = "producer-" + number;
    environment = world.simulation().environment(name);
    Map<String, Object> settings = new TreeMap<>();
    settings.put("bootstrap.servers", world.cluster().bootstrapServers());
    settings.put("client.id", name);
    settings.put("key.serializer", StringSerializer.class);
    settings.put("value.serializer", StringSerializer.class);
    settings.put("compression.type", CODECS[random.nextInt(CODECS.length)]);
    settings.put("linger.ms", random.nextInt(3) * 40);
    settings.put("batch.size", 200 << random.nextInt(6));
    settings.put("buffer.memory", 20_000 << random.nextInt(4));
    settings.put("request.timeout.ms", 3_000);
    settings.put("delivery.timeout.ms", LONG_MILLIS);
    settings.put("max.block.ms", LONG_MILLIS);
    producer = SimulatedProducers.create(settings, environment);
    for (int partition = 0; partition < ReadingWorld.PARTITIONS; partition++) {
      sent.put(partition, new ArrayList<>());
      offsets.put(partition, new ArrayList<>());
    }
  }

  void send(int records) {
    for (int i = 0; i < records; i++) {
      int partition = random.nextInt(ReadingWorld.PARTITIONS);
      int number = sent.get(partition).size();
      String value =
          "%s/%d/%d/%s".formatted(name, partition, number, "x".repeat(random.nextInt(300)));
      sent.get(partition).add(value);
      producer.send(
          new ProducerRecord<>(ReadingWorld.TOPIC, partition, null, value),
          (metadata, exception) -> told(partition, number, metadata, exception));
    }
  }

  private void told(
      int partition, int number, RecordMetadata metadata, @Nullable Exception exception) {
    List<Long> acknowledged = offsets.get(partition);
    if (exception != null) {
      wrong.add("%s: %s-%d failed: %s".formatted(name, partition, number, exception));
    } else if (acknowledged.size() != number) {
      wrong.add(
          "%s: told of %d-%d in place of %d"
              .formatted(name, partition, number, acknowledged.size()));
    }
    acknowledged.add(metadata.hasOffset() ? metadata.offset() : -1);
  }

  /** Dies without a word to anybody. */
  void kill() {
    killed = true;
    world.simulation().kill(environment);
  }

  /** Ends, unless it was killed; all is well by now, and nothing may hang. */
  void close() {
    if (!killed) {
      long before = world.simulation().nanoTime();
      producer.flush();
      producer.close(CLOSE_TIME);
      assertThat(Duration.ofNanos(world.simulation().nanoTime() - before))
          .as("time of flush and close")
          .isLessThan(CLOSE_TIME);
    }
  }

  /** Whatever was acknowledged is there once, in order, and where it was said to be. */
  void check(Map<Integer, List<String>> logs) {
    assertThat(wrong.size() > 3 ? wrong.subList(0, 3) : wrong).isEmpty();
    logs.forEach(
        (partition, log) -> {
          List<String> mine = log.stream().filter(value -> value.startsWith(name + "/")).toList();
          List<String> mineSent = sent.get(partition);
          List<Long> acknowledged = offsets.get(partition);
          if (killed) {
            assertThat(mine.size()).isBetween(acknowledged.size(), mineSent.size());
          } else {
            assertThat(acknowledged).hasSameSizeAs(mineSent);
            assertThat(mine).hasSameSizeAs(mineSent);
          }
          assertThat(mine).isEqualTo(mineSent.subList(0, mine.size()));
          for (int number = 0; number < acknowledged.size(); number++) {
            long offset = acknowledged.get(number);
            if (offset >= 0) {
              assertThat(log.get((int) offset)).isEqualTo(mineSent.get(number));
            }
          }
        });
  }
}

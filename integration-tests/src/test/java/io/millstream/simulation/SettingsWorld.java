package io.millstream.simulation;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.common.serialization.ByteArraySerializer;
import io.millstream.network.Environment;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A calm world in which the effect of one setting of a producer can be seen: what it sends, when,
 * and how its records end. The simulation's log tells the moments.
 */
final class SettingsWorld {

  static final String TOPIC = "orders";
  static final int PARTITIONS = 6;

  final Simulation simulation;
  final FakeCluster cluster;
  final List<Exception> failures = new ArrayList<>();
  int acknowledged;
  private long beganMicros;

  SettingsWorld() {
    this(FakeCluster.builder().brokers(3));
  }

  SettingsWorld(FakeCluster.Builder brokers) {
    Seeds.silence();
    simulation = new Simulation(3, NetworkConditions.calm());
    cluster = brokers.autoCreateTopics(false).startIn(simulation);
    cluster.createTopic(TOPIC, PARTITIONS);
  }

  /** Creates a producer with these settings, each a key and its value. */
  KafkaProducer<byte[], byte[]> producer(Object... settings) {
    return producer(simulation.environment("producer"), settings);
  }

  KafkaProducer<byte[], byte[]> producer(Environment environment, Object... settings) {
    Map<String, Object> all = new HashMap<>();
    all.put("bootstrap.servers", cluster.bootstrapServers());
    all.put("key.serializer", ByteArraySerializer.class);
    all.put("value.serializer", ByteArraySerializer.class);
    for (int i = 0; i < settings.length; i += 2) {
      all.put((String) settings[i], settings[i + 1]);
    }
    return SimulatedProducers.create(all, environment);
  }

  /** Creates a producer that knows the topic and all brokers, and has been quiet for a second. */
  KafkaProducer<byte[], byte[]> readyProducer(Object... settings) {
    KafkaProducer<byte[], byte[]> producer = producer(settings);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      send(producer, partition, new byte[1]);
    }
    producer.flush();
    run(1_000);
    begin();
    return producer;
  }

  /** What counts from now on: moments are told from here. */
  void begin() {
    beganMicros = simulation.nanoTime() / 1_000 - START_MICROS;
    acknowledged = 0;
    failures.clear();
  }

  private static final long START_MICROS = 1_000_000;

  void send(KafkaProducer<byte[], byte[]> producer, @Nullable Integer partition, byte[] value) {
    producer.send(
        new ProducerRecord<>(TOPIC, partition, null, value),
        (metadata, exception) -> {
          if (exception == null) {
            acknowledged++;
          } else {
            failures.add(exception);
          }
        });
  }

  void run(long millis) {
    simulation.run(Duration.ofMillis(millis));
  }

  /** Returns how long a call takes on the virtual clock. */
  long millisOf(Runnable call) {
    long before = simulation.nanoTime();
    call.run();
    return Duration.ofNanos(simulation.nanoTime() - before).toMillis();
  }

  /** Returns when events happened whose lines match, in milliseconds since {@link #begin}. */
  List<Long> moments(String regex) {
    Pattern pattern = Pattern.compile(regex);
    List<Long> moments = new ArrayList<>();
    for (String line : events()) {
      int end = line.indexOf(' ');
      if (pattern.matcher(line.substring(end + 1)).find()) {
        moments.add((Long.parseLong(line.substring(0, end)) - beganMicros) / 1_000);
      }
    }
    return moments;
  }

  /** Returns the times between such events. */
  List<Long> gaps(String regex) {
    List<Long> moments = moments(regex);
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < moments.size(); i++) {
      gaps.add(moments.get(i) - moments.get(i - 1));
    }
    return gaps;
  }

  /** Returns the sizes of what the client has written, in bytes. */
  List<Integer> written() {
    Pattern pattern = Pattern.compile(" -> (\\d+) ");
    return events().stream()
        .map(pattern::matcher)
        .filter(found -> found.find())
        .map(found -> Integer.parseInt(found.group(1)))
        .toList();
  }

  private List<String> events() {
    return simulation.log().lines().stream()
        .dropWhile(line -> Long.parseLong(line.substring(0, line.indexOf(' '))) < beganMicros)
        .toList();
  }
}

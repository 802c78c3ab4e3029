package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The only broker is killed while the producer sends. Nothing acknowledged is lost, nothing is
 * doubled, and each partition keeps the order in which the records were sent.
 */
@Timeout(240)
class ProducerBrokerRestartIT {

  private static final int PARTITIONS = 6;

  /**
   * A controller that soon misses a killed broker. By default that takes nine seconds, and for so
   * long the broker is refused when it comes back.
   */
  private static KafkaCluster cluster() {
    return KafkaCluster.builder(KafkaVersion.V4_4_0)
        .property("broker.session.timeout.ms", "3000")
        .property("broker.heartbeat.interval.ms", "500")
        .start();
  }

  @ParameterizedTest
  @CsvSource({"none, 0", "lz4, 5"})
  void killedBrokerThatComesBackHasEverythingOnce(String codec, int lingerMillis) throws Exception {
    try (KafkaCluster cluster = cluster()) {
      new ApacheSide(cluster.bootstrapServers()).createTopic("kill", PARTITIONS, 1, Map.of());
      Load load = new Load(cluster.bootstrapServers(), "kill", codec, lingerMillis);
      for (int round = 0; round < 2; round++) {
        load.awaitAcknowledged(5_000);
        cluster.broker(1).killHard();
        cluster.broker(1).start();
      }
      load.awaitAcknowledged(5_000);
      load.finishAndCheck(new ApacheSide(cluster.bootstrapServers()));
    }
  }

  /** A thread that sends numbered records as fast as it is let, and what became of each. */
  private static final class Load {
    private final String topic;
    private final KafkaProducer<String, String> producer;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Map<Integer, Integer> lastTold = new ConcurrentHashMap<>();
    private final List<String> disorder = new ArrayList<>();
    private final Set<Integer> acknowledgedNumbers = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Exception> failed = new ConcurrentHashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private int sent;

    Load(String servers, String topic, String codec, int lingerMillis) {
      this.topic = topic;
      Map<String, Object> settings = new HashMap<>();
      settings.put("bootstrap.servers", servers);
      settings.put("compression.type", codec);
      settings.put("linger.ms", lingerMillis);
      settings.put("request.timeout.ms", 10_000);
      producer = new KafkaProducer<>(settings, new TextSerializer(), new TextSerializer());
      Thread thread = new Thread(this::run, "load");
      thread.start();
    }

    private void run() {
      while (!stopped.get()) {
        int number = sent++;
        producer.send(
            new ProducerRecord<>(topic, number % PARTITIONS, null, "record " + number),
            (metadata, exception) -> told(number, metadata.partition(), exception));
        if (number % 50 == 0) {
          // Bounds the rate, so that kills hit a producer that is neither idle nor choking.
          java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
      }
      ended.countDown();
    }

    /** Runs on the producer's thread. */
    private void told(int number, int partition, Exception exception) {
      if (exception != null) {
        failed.put(number, exception);
        return;
      }
      Integer last = lastTold.put(partition, number);
      if (last != null && last > number) {
        disorder.add(number + " was told after " + last);
      }
      acknowledgedNumbers.add(number);
      acknowledged.incrementAndGet();
    }

    void awaitAcknowledged(int more) throws InterruptedException {
      int goal = acknowledged.get() + more;
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
      while (acknowledged.get() < goal) {
        assertThat(System.nanoTime()).as("stuck at %s", acknowledged).isLessThan(deadline);
        Thread.onSpinWait();
        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
      }
    }

    void finishAndCheck(ApacheSide apache) throws Exception {
      stopped.set(true);
      assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
      producer.close();
      assertThat(failed).isEmpty();
      assertThat(disorder).isEmpty();
      assertThat(acknowledgedNumbers).hasSize(sent);
      Set<Integer> found = new HashSet<>();
      for (List<ConsumerRecord<String, String>> partition : apache.readAll(topic).values()) {
        int last = -1;
        for (ConsumerRecord<String, String> record : partition) {
          int number = Integer.parseInt(record.value().substring("record ".length()));
          assertThat(found.add(number)).as("record %d is there once", number).isTrue();
          assertThat(number).as("order of partition %d", record.partition()).isGreaterThan(last);
          last = number;
        }
      }
      acknowledgedNumbers.removeAll(found);
      assertThat(acknowledgedNumbers).as("acknowledged and lost").isEmpty();
    }
  }
}

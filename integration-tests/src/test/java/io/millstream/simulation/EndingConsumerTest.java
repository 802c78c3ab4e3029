package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.consumer.CloseOptions;
import io.millstream.clients.consumer.ConsumerRebalanceListener;
import io.millstream.clients.consumer.ConsumersInSimulation;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.WakeupException;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is committed and who is told when a consumer gives up what it reads. */
@Timeout(60)
class EndingConsumerTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

  private final Simulation simulation = new Simulation(1, NetworkConditions.calm());
  private final FakeCluster cluster =
      FakeCluster.builder().autoCreateTopics(false).startIn(simulation);
  private final List<String> told = new ArrayList<>();
  private Runnable onRevoked = () -> {};

  private final ConsumerRebalanceListener listener =
      new ConsumerRebalanceListener() {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
          told.add("revoked " + partitions);
          onRevoked.run();
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
          told.add("assigned " + partitions);
        }
      };

  @BeforeEach
  void createTopic() {
    Seeds.silence();
    cluster.createTopic("orders", 1);
    for (int i = 0; i < 5; i++) {
      append(ORDERS);
    }
  }

  private void append(TopicPartition partition) {
    cluster.append(
        partition.topic(), partition.partition(), null, "x".getBytes(StandardCharsets.UTF_8));
  }

  private KafkaConsumer<String, String> consumer(boolean autoCommit) {
    return ConsumersInSimulation.create(
        Map.of(
            "bootstrap.servers",
            cluster.bootstrapServers(),
            "group.id",
            "readers",
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            autoCommit,
            "auto.commit.interval.ms",
            600_000,
            "key.deserializer",
            StringDeserializer.class,
            "value.deserializer",
            StringDeserializer.class),
        simulation.environment("consumer"));
  }

  private KafkaConsumer<String, String> subscribed(boolean autoCommit) {
    KafkaConsumer<String, String> consumer = consumer(autoCommit);
    consumer.subscribe(List.of("orders"), listener);
    assertThat(consumer.poll(MINUTE).count()).isEqualTo(5);
    told.clear();
    return consumer;
  }

  private long committed(TopicPartition partition) {
    return cluster.committedOffset("readers", partition).orElse(-1);
  }

  @Test
  void closingCommitsWhatTheLastPollReturnedToTheClosingThread() {
    subscribed(true).close();

    assertThat(committed(ORDERS)).isEqualTo(5);
  }

  @Test
  void closingBesideAThreadThatHasPolledCommitsNothingOfWhatThatMayStillProcess()
      throws InterruptedException {
    KafkaConsumer<String, String> consumer = consumer(true);
    consumer.subscribe(List.of("orders"), listener);
    onRevoked = consumer::commitSync;
    CountDownLatch polled = new CountDownLatch(1);
    CountDownLatch processed = new CountDownLatch(1);
    Thread poller =
        new Thread(
            () -> {
              assertThat(consumer.poll(MINUTE).count()).isEqualTo(5);
              consumer.poll(Duration.ZERO);
              append(ORDERS);
              assertThat(consumer.poll(MINUTE).count()).isOne();
              polled.countDown();
              try {
                processed.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    poller.start();
    polled.await();

    consumer.close();

    assertThat(told).contains("revoked [orders-0]");
    assertThat(committed(ORDERS)).isEqualTo(5);
    processed.countDown();
    poller.join();
  }

  @Test
  void aListenerThatCommitsDoesNotOutlastTheTimeToClose() {
    KafkaConsumer<String, String> consumer = subscribed(false);
    onRevoked = consumer::commitSync;
    cluster.freezeBroker(1);
    long before = simulation.nanoTime();

    assertThatThrownBy(() -> consumer.close(CloseOptions.timeout(Duration.ofSeconds(3))))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("onPartitionsRevoked");

    assertThat(Duration.ofNanos(simulation.nanoTime() - before))
        .isBetween(Duration.ofSeconds(2), Duration.ofMillis(3_500));
  }

  @Test
  void aListenerThatUnsubscribesWhileItIsToldOfTheEndIsToldOnce() {
    KafkaConsumer<String, String> consumer = subscribed(true);
    onRevoked = consumer::unsubscribe;

    consumer.unsubscribe();

    assertThat(told).containsExactly("revoked [orders-0]");
    assertThat(consumer.assignment()).isEmpty();
    consumer.close();
    assertThat(told).hasSize(1);
  }

  @Test
  void aListenerThatUnsubscribesWhileTheConsumerClosesIsToldOnce() {
    KafkaConsumer<String, String> consumer = subscribed(true);
    onRevoked = consumer::unsubscribe;

    consumer.close();

    assertThat(told).containsExactly("revoked [orders-0]");
    assertThat(committed(ORDERS)).isEqualTo(5);
  }

  @Test
  void aListenerThatClosesWhileTheConsumerUnsubscribesIsToldOnce() {
    KafkaConsumer<String, String> consumer = subscribed(true);
    onRevoked = consumer::close;

    consumer.unsubscribe();

    assertThat(told).containsExactly("revoked [orders-0]");
    assertThatThrownBy(consumer::assignment).isInstanceOf(IllegalStateException.class);
    assertThat(committed(ORDERS)).isEqualTo(5);
  }

  @Test
  void aListenerThatClosesWithinPollEndsThePollAndIsToldOnce() {
    KafkaConsumer<String, String> consumer = subscribed(true);
    onRevoked = consumer::close;
    consumer.enforceRebalance();

    assertThatThrownBy(() -> consumer.poll(MINUTE)).isInstanceOf(WakeupException.class);

    assertThat(told).containsExactly("revoked [orders-0]");
    assertThatThrownBy(() -> consumer.poll(MINUTE)).isInstanceOf(IllegalStateException.class);
    consumer.close();
  }

  @Test
  void aListenerThatUnsubscribesWithinPollEndsThePollAndIsToldOnce() {
    KafkaConsumer<String, String> consumer = subscribed(true);
    onRevoked = consumer::unsubscribe;
    consumer.enforceRebalance();
    long before = simulation.nanoTime();

    assertThat(consumer.poll(MINUTE).isEmpty()).isTrue();

    assertThat(Duration.ofNanos(simulation.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    assertThat(told).containsExactly("revoked [orders-0]");
    assertThatThrownBy(() -> consumer.poll(MINUTE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("subscribe()");
    consumer.close();
  }

  @Test
  void aListenerThatTakesItsPartitionsByHandKeepsThem() {
    KafkaConsumer<String, String> consumer = subscribed(true);
    onRevoked =
        () -> {
          consumer.unsubscribe();
          consumer.assign(List.of(ORDERS));
          consumer.seekToBeginning(List.of(ORDERS));
        };
    consumer.enforceRebalance();

    assertThat(consumer.poll(MINUTE).count()).isEqualTo(5);

    assertThat(told).containsExactly("revoked [orders-0]");
    assertThat(consumer.assignment()).containsExactly(ORDERS);
    consumer.close();
  }

  @Test
  void whoHasNoPartitionsIsNotToldOfTheirEnd() {
    KafkaConsumer<String, String> consumer = consumer(true);
    consumer.subscribe(List.of("absent"), listener);
    consumer.poll(Duration.ofSeconds(20));
    assertThat(consumer.groupMetadata().generationId()).isPositive();
    told.clear();

    consumer.unsubscribe();

    assertThat(told).isEmpty();
    consumer.close();
  }

  @Test
  void closingRunsAllCallbacksThoughEachThrows() {
    KafkaConsumer<String, String> consumer = subscribed(false);
    for (int i = 0; i < 3; i++) {
      String name = "callback " + i;
      consumer.commitAsync(
          (offsets, failure) -> {
            told.add(name);
            throw new IllegalArgumentException(name);
          });
    }

    assertThatThrownBy(consumer::close).hasMessage("callback 0");

    assertThat(told).contains("callback 0", "callback 1", "callback 2");
  }

  @Test
  void autoCommitCommitsPartitionsThatAreAssignedNoMore() {
    cluster.createTopic("pairs", 2);
    TopicPartition kept = new TopicPartition("pairs", 0);
    TopicPartition dropped = new TopicPartition("pairs", 1);
    append(kept);
    append(dropped);
    KafkaConsumer<String, String> consumer = consumer(true);
    consumer.assign(List.of(kept, dropped));
    int read = 0;
    while (read < 2) {
      read += consumer.poll(MINUTE).count();
    }
    consumer.poll(Duration.ZERO);

    consumer.assign(List.of(kept));
    simulation.run(Duration.ofSeconds(5));

    assertThat(committed(dropped)).isOne();
    consumer.assign(List.of(kept, dropped));
    append(dropped);
    assertThat(consumer.poll(MINUTE).records(dropped))
        .singleElement()
        .satisfies(record -> assertThat(record.offset()).isOne());
    consumer.close();
  }

  @Test
  void autoCommitCommitsWhatUnsubscribingGivesUp() {
    KafkaConsumer<String, String> consumer = subscribed(true);
    consumer.poll(Duration.ZERO);

    consumer.unsubscribe();
    simulation.run(Duration.ofSeconds(5));

    assertThat(committed(ORDERS)).isEqualTo(5);
    consumer.close();
  }
}

package io.millstream.clients.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.TopicPartition;
import io.millstream.testing.BrokerProcess;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaClusterExtension;
import io.millstream.testing.KafkaVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A group whose only broker, coordinator and leader of all, dies and comes back. */
class ConsumerFaultsIT {

  @RegisterExtension
  static final KafkaClusterExtension KAFKA =
      KafkaClusterExtension.own(KafkaCluster.builder(KafkaVersion.V4_4_0));

  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(60);

  private final ApacheTopics topics = new ApacheTopics(KAFKA.bootstrapServers());

  private static KafkaConsumer<String, String> member() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "killed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 300);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10);
    return ConsumerIT.consumer(KAFKA.bootstrapServers(), settings);
  }

  /** Where a partition is to go on; a record behind that was skipped. */
  private final Map<Integer, Long> next = new HashMap<>(Map.of(0, 0L, 1, 0L));

  @Test
  void nothingIsSkippedAndCommitsGoOnAfterTheCoordinatorWasKilledAndStartedAgain()
      throws Exception {
    topics.create("killed", 2);
    topics.fill("killed", 2, 100, "none", "before");
    BrokerProcess broker = KAFKA.cluster().broker(1);
    try (KafkaConsumer<String, String> consumer = member()) {
      consumer.subscribe(List.of("killed"));
      readUpTo(consumer, 20);
      consumer.commitSync();

      broker.killHard();
      poll(consumer);
      broker.start();
      topics.fill("killed", 2, 100, "none", "after");
      readUpTo(consumer, 100);
      consumer.commitSync(LONG);
    }
    try (KafkaConsumer<String, String> other = member()) {
      TopicPartition first = new TopicPartition("killed", 0);
      assertThat(other.committed(Set.of(first)).get(first))
          .extracting(OffsetAndMetadata::offset)
          .isEqualTo(100L);
    }
  }

  private void poll(Consumer<String, String> consumer) {
    for (ConsumerRecord<String, String> record : consumer.poll(SHORT)) {
      long expected = next.getOrDefault(record.partition(), 0L);
      assertThat(record.offset()).isLessThanOrEqualTo(expected);
      next.put(record.partition(), Math.max(expected, record.offset() + 1));
    }
  }

  private void readUpTo(Consumer<String, String> consumer, long offset) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (next.values().stream().anyMatch(reached -> reached < offset)) {
      assertThat(System.nanoTime()).as("deadline; read up to %s", next).isLessThan(deadline);
      poll(consumer);
    }
  }
}

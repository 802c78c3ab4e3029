package io.millstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer writes in transactions while one broker after another fails ({@link FaultyCluster}).
 * Afterwards Apache's reader of committed records sees all or nothing of each, once and in order.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class TransactionFaultsIT {

  private static final Logger LOG = LoggerFactory.getLogger(TransactionFaultsIT.class);
  private static final String TOPIC = "transfers";
  private static final int PARTITIONS = 6;
  private static final int COMMITS_BETWEEN_FAULTS = 20;

  @Test
  void readersSeeAllOrNothingOfEachTransactionWhateverBefallsTheBrokers() throws Exception {
    try (FaultyCluster cluster = new FaultyCluster()) {
      TransactionWriter writer;
      try (Replicas replicas = new Replicas(cluster.bootstrapServers(), TOPIC, PARTITIONS)) {
        replicas.awaitAllInSync(FaultyCluster.PATIENCE_SECONDS);
        TransactionWriter steady =
            new TransactionWriter(cluster.bootstrapServers(), TOPIC, PARTITIONS);
        writer = steady;
        FaultyCluster.Progress someCommits =
            () -> steady.awaitCommits(COMMITS_BETWEEN_FAULTS, FaultyCluster.PATIENCE_SECONDS);
        someCommits.await();
        cluster.befall(replicas, someCommits);
      }
      writer.finish();
      writer.check(committed(cluster.bootstrapServers()));
      LOG.info(
          "{} transactions committed, {} aborted, of {} nothing was told",
          writer.committed(),
          writer.aborted(),
          writer.untold());
    }
  }

  /** Reads what is committed with Apache's client: the values of each partition. */
  private static Map<Integer, List<String>> committed(String servers) {
    Map<Integer, List<String>> values = new TreeMap<>();
    List<TopicPartition> all =
        IntStream.range(0, PARTITIONS).mapToObj(index -> new TopicPartition(TOPIC, index)).toList();
    all.forEach(partition -> values.put(partition.partition(), new ArrayList<>()));
    Map<String, Object> settings =
        Map.of("bootstrap.servers", servers, "isolation.level", "read_committed");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(FaultyCluster.PATIENCE_SECONDS);
      while (!all.stream().allMatch(each -> consumer.position(each) >= ends.get(each))) {
        assertThat(System.nanoTime()).as("the end is reached").isLessThan(deadline);
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          values.get(record.partition()).add(record.value());
        }
      }
    }
    return values;
  }
}

package io.millstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.testing.BrokerProcess;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
 * Three brokers, three replicas, two of which must be in sync. While a producer writes in
 * transactions, one broker after another is killed, frozen, cut off and reset. Afterwards Apache's
 * reader of committed records sees all or nothing of each, once and in order. Duration and moments
 * as in {@link ProducerFaultsIT}.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class TransactionFaultsIT {

  private static final Logger LOG = LoggerFactory.getLogger(TransactionFaultsIT.class);
  private static final List<Fault> FAULTS = List.of(Fault.values());
  private static final int SECONDS = Integer.getInteger("millstream.faults.seconds", 60);
  private static final long SEED = Long.getLong("millstream.faults.seed", 1);
  private static final String TOPIC = "transfers";
  private static final int PARTITIONS = 6;
  private static final int SHORTEST_MILLIS = 1_000;
  private static final int LONGEST_MILLIS = 8_000;
  private static final long PATIENCE_SECONDS = 90;
  private static final int COMMITS_BETWEEN_FAULTS = 20;

  @Test
  void readersSeeAllOrNothingOfEachTransactionWhateverBefallsTheBrokers() throws Exception {
    try (KafkaCluster cluster =
        KafkaCluster.builder(KafkaVersion.V4_4_0).brokers(3).linked().start()) {
      TransactionWriter writer;
      int rounds = 0;
      try (Replicas replicas = new Replicas(cluster.bootstrapServers(), TOPIC, PARTITIONS)) {
        replicas.awaitAllInSync(PATIENCE_SECONDS);
        writer = new TransactionWriter(cluster.bootstrapServers(), TOPIC, PARTITIONS);
        writer.awaitCommits(COMMITS_BETWEEN_FAULTS, PATIENCE_SECONDS);
        Random random = new Random(SEED);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end || rounds < FAULTS.size()) {
          BrokerProcess broker = cluster.broker(1 + rounds % 3);
          Fault fault = FAULTS.get(rounds % FAULTS.size());
          int millis = SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS);
          LOG.info("Round {}: broker {} is {} for {} ms", rounds, broker.id(), fault, millis);
          befall(broker, fault, millis);
          replicas.awaitAllInSync(PATIENCE_SECONDS);
          writer.awaitCommits(COMMITS_BETWEEN_FAULTS, PATIENCE_SECONDS);
          rounds++;
        }
      }
      writer.finish();
      writer.check(committed(cluster.bootstrapServers()));
      LOG.info(
          "{} faults: {} transactions committed, {} aborted, of {} nothing was told",
          rounds,
          writer.committed(),
          writer.aborted(),
          writer.untold());
    }
  }

  private static void befall(BrokerProcess broker, Fault fault, int millis) throws Exception {
    ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    try {
      fault.strike(broker);
      later.schedule(() -> fault.heal(broker), millis, TimeUnit.MILLISECONDS).get();
    } finally {
      later.shutdown();
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
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
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

package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.ConsumerRecord;
import io.millstream.clients.consumer.ConsumersInSimulation;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.common.TopicPartition;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Three brokers, a topic, and what goes wrong with them while transactions run. */
final class TransactionWorld {

  static final String TOPIC = "payments";
  static final int PARTITIONS = 4;
  private static final Duration CATCH_UP = Duration.ofMinutes(2);
  private static final String[] APIS = {
    "InitProducerId",
    "AddPartitionsToTxn",
    "AddOffsetsToTxn",
    "TxnOffsetCommit",
    "EndTxn",
    "Produce"
  };
  private static final String[] COORDINATOR_ERRORS = {
    "COORDINATOR_LOAD_IN_PROGRESS",
    "COORDINATOR_NOT_AVAILABLE",
    "NOT_COORDINATOR",
    "CONCURRENT_TRANSACTIONS"
  };

  private final Simulation simulation;
  private final FakeCluster cluster;
  private final SplittableRandom random;

  TransactionWorld(long seed, NetworkConditions conditions, int transactionVersion) {
    simulation = new Simulation(seed, conditions);
    cluster = FakeCluster.builder().brokers(3).withDelays().startIn(simulation);
    cluster.transactionVersion(transactionVersion);
    cluster.createTopic(TOPIC, PARTITIONS);
    random = new SplittableRandom(~seed);
  }

  SplittableRandom random() {
    return random;
  }

  Simulation simulation() {
    return simulation;
  }

  FakeCluster cluster() {
    return cluster;
  }

  void disturb() {
    int broker = 1 + random.nextInt(3);
    switch (random.nextInt(11)) {
      case 0 -> {
        cluster.stopBroker(broker);
        afterAWhile(() -> cluster.startBroker(broker));
      }
      case 1 -> {
        cluster.freezeBroker(broker);
        afterAWhile(() -> cluster.continueBroker(broker));
      }
      case 2 -> simulation.cutAll();
      case 3 -> cluster.transactionVersion(1 + random.nextInt(2));
      case 4, 5 -> {
        String api = APIS[random.nextInt(APIS.length - 1)];
        String error = COORDINATOR_ERRORS[random.nextInt(COORDINATOR_ERRORS.length)];
        cluster.refuse(api, error, 1 + random.nextInt(2));
      }
      case 10 ->
          cluster.delayAnswers(
              APIS[random.nextInt(APIS.length)], Duration.ofMillis(1 + random.nextInt(4_000)), 1);
      case 6 -> cluster.refuse("Produce", "NOT_LEADER_OR_FOLLOWER", 1);
      default -> cluster.loseAnswers(APIS[random.nextInt(APIS.length)], 1);
    }
  }

  private void afterAWhile(Runnable recovery) {
    simulation.later(Duration.ofMillis(random.nextInt(6_000)).toNanos(), recovery);
  }

  void heal() {
    cluster.clearFaults();
    cluster.brokerIds().forEach(cluster::startBroker);
    cluster.brokerIds().forEach(cluster::continueBroker);
    simulation.conditions(NetworkConditions.calm());
  }

  /** Reads what is committed, from the beginning to the end: the values of each partition. */
  Map<Integer, List<String>> committed() {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("bootstrap.servers", cluster.bootstrapServers());
    settings.put("client.id", "reader");
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    settings.put("fetch.max.bytes", 500 << random.nextInt(8));
    settings.put("key.deserializer", StringDeserializer.class);
    settings.put("value.deserializer", StringDeserializer.class);
    Map<Integer, List<String>> values = new TreeMap<>();
    List<TopicPartition> all =
        IntStream.range(0, PARTITIONS).mapToObj(index -> new TopicPartition(TOPIC, index)).toList();
    all.forEach(partition -> values.put(partition.partition(), new ArrayList<>()));
    try (KafkaConsumer<String, String> consumer =
        ConsumersInSimulation.create(settings, simulation.environment("reader"))) {
      consumer.assign(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      long deadline = simulation.nanoTime() + CATCH_UP.toNanos();
      while (!all.stream().allMatch(each -> consumer.position(each) >= ends.get(each))) {
        assertThat(simulation.nanoTime()).as("the end is reached").isLessThan(deadline);
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
          values.get(record.partition()).add(record.value());
        }
      }
    }
    return values;
  }
}

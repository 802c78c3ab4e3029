package io.millstream.faults;

import io.millstream.testing.BrokerProcess;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three brokers, three replicas, two of which must be in sync. One broker after another is killed,
 * frozen, cut off and reset, each for some seconds.
 *
 * <p>{@code -Dmillstream.faults.seconds=300} makes it last longer, {@code
 * -Dmillstream.faults.seed=17} chooses other moments.
 */
final class FaultyCluster implements AutoCloseable {

  /** How long anything may take that must come about. */
  static final long PATIENCE_SECONDS = 90;

  private static final Logger LOG = LoggerFactory.getLogger(FaultyCluster.class);
  private static final List<Fault> FAULTS = List.of(Fault.values());
  private static final int SECONDS = Integer.getInteger("millstream.faults.seconds", 60);
  private static final long SEED = Long.getLong("millstream.faults.seed", 1);
  private static final int BROKERS = 3;
  private static final int SHORTEST_MILLIS = 1_000;
  private static final int LONGEST_MILLIS = 8_000;

  private final KafkaCluster cluster =
      KafkaCluster.builder(KafkaVersion.V4_4_0).brokers(BROKERS).linked().start();

  /** Waits until the program under test gets somewhere. */
  interface Progress {
    void await() throws Exception;
  }

  String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  /** Lets every kind of fault come, and further ones while there is time. */
  void befall(Replicas replicas, Progress progress) throws Exception {
    Random random = new Random(SEED);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    for (int round = 0; System.nanoTime() < end || round < FAULTS.size(); round++) {
      BrokerProcess broker = cluster.broker(1 + round % BROKERS);
      Fault fault = FAULTS.get(round % FAULTS.size());
      int millis = SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS);
      LOG.info("Round {}: broker {} is {} for {} ms", round, broker.id(), fault, millis);
      befall(broker, fault, millis);
      replicas.awaitAllInSync(PATIENCE_SECONDS);
      progress.await();
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

  @Override
  public void close() {
    cluster.close();
  }
}

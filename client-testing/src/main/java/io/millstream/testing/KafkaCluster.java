package io.millstream.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A running Kafka cluster of one or three brokers, each a process of its own on 127.0.0.1, with
 * data in a temporary directory that is removed at the end. Closing it ends the processes; so does
 * the end of this JVM, however it comes.
 */
public final class KafkaCluster implements AutoCloseable {

  static final String CLUSTER_ID = "bWlsbHN0cmVhbS10ZXN0cw";

  private static final int PORT_TRIES = 3;
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();

  private final ClusterPlan plan;
  private final Path directory;
  private final List<BrokerProcess> brokers;
  private @Nullable ChildProcess zooKeeper;

  private KafkaCluster(ClusterPlan plan, Path directory, String classPath) {
    this.plan = plan;
    this.directory = directory;
    this.brokers =
        IntStream.rangeClosed(1, plan.brokers())
            .mapToObj(id -> new BrokerProcess(plan, id, directory, classPath))
            .toList();
  }

  /**
   * Begins to describe a cluster.
   *
   * @param version the version of its brokers
   * @return a builder for one broker with default settings
   */
  public static Builder builder(KafkaVersion version) {
    return new Builder(version);
  }

  /** What cluster to start. */
  public static final class Builder {

    private final KafkaVersion version;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private int brokers = 1;
    private boolean linked;
    private List<String> racks = List.of();

    private Builder(KafkaVersion version) {
      this.version = version;
    }

    /**
     * Sets how many brokers there are.
     *
     * @param count 1 or more; 3 gives internal topics three replicas
     * @return this builder
     */
    public Builder brokers(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("a cluster has at least one broker, not " + count);
      }
      brokers = count;
      return this;
    }

    /**
     * Lets clients reach each broker by a link in this JVM that can be cut and mended ({@link
     * BrokerProcess#cutOff}). Brokers reach one another without it.
     *
     * @return this builder
     */
    public Builder linked() {
      linked = true;
      return this;
    }

    /**
     * Sets a property of every broker, in place of the one given by default.
     *
     * @param key Kafka's name of it
     * @param value the value
     * @return this builder
     */
    public Builder property(String key, String value) {
      properties.put(key, value);
      return this;
    }

    /**
     * Sets {@code broker.rack} of the brokers 1, 2, …; none where nothing is said.
     *
     * @param names of the racks, at most one for each broker
     * @return this builder
     */
    public Builder racks(String... names) {
      racks = List.of(names);
      return this;
    }

    /**
     * Starts the cluster and waits until every broker answers and knows the others. The first start
     * of a version on a machine downloads its artifacts.
     *
     * @return the running cluster
     * @throws IllegalStateException if it does not come up, where the text shows the end of a
     *     broker's log; or if the thread is interrupted, which it stays
     */
    public KafkaCluster start() {
      throwIfInterrupted();
      String classPath = KafkaArtifacts.brokerClassPath(version);
      for (int attempt = 1; ; attempt++) {
        KafkaCluster cluster = create(classPath);
        try {
          cluster.startAll(classPath);
          return cluster;
        } catch (RuntimeException | IOException failure) {
          boolean taken = failure instanceof BindException || cluster.somePortWasTaken();
          boolean again = attempt < PORT_TRIES && taken;
          cluster.close();
          if (!again) {
            throw failure instanceof RuntimeException known
                ? known
                : new UncheckedIOException("the cluster cannot be started", (IOException) failure);
          }
        }
      }
    }

    private KafkaCluster create(String classPath) {
      try {
        List<Integer> ports = FreePorts.find(ClusterPlan.portsNeeded(version, brokers, linked));
        ClusterPlan plan =
            new ClusterPlan(version, brokers, linked, ports, racks, Map.copyOf(properties));
        return new KafkaCluster(plan, Leftovers.newClusterDirectory(), classPath);
      } catch (IOException failure) {
        throw new UncheckedIOException("no directory or port for a cluster", failure);
      }
    }
  }

  private void startAll(String classPath) throws IOException {
    if (plan.version().needsZooKeeper()) {
      zooKeeper = startZooKeeper(classPath);
    }
    for (BrokerProcess broker : brokers) {
      broker.link();
      broker.launch();
    }
    brokers.forEach(BrokerProcess::awaitReady);
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    for (BrokerProcess broker : brokers) {
      while (ReadinessProbe.knownBrokers(plan.ownPort(broker.id())) < brokers.size()) {
        throwIfInterrupted();
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "broker " + broker.id() + " does not learn of the others");
        }
        LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      }
    }
  }

  /** The time limit of a test, as of JUnit, interrupts it; no probe succeeds after that. */
  static void throwIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException(
          "the thread was interrupted while it waited for the brokers to answer");
    }
  }

  private ChildProcess startZooKeeper(String classPath) throws IOException {
    Path file = directory.resolve("zookeeper.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      plan.zooKeeperProperties(directory.resolve("zookeeper").toString()).store(out, null);
    }
    return ChildProcess.start(
        directory,
        "zookeeper",
        classPath,
        List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        List.of("org.apache.zookeeper.server.ZooKeeperServerMain", file.toString()));
  }

  private boolean somePortWasTaken() {
    return brokers.stream().anyMatch(BrokerProcess::portWasTaken)
        || (zooKeeper != null && zooKeeper.hasSaid("Address already in use"));
  }

  /**
   * Gives the addresses for {@code bootstrap.servers}.
   *
   * @return every broker's address, separated by commas
   */
  public String bootstrapServers() {
    return plan.bootstrapServers();
  }

  /**
   * Gives the version of the brokers.
   *
   * @return the version
   */
  public KafkaVersion version() {
    return plan.version();
  }

  /**
   * Gives one broker.
   *
   * @param id its node id, from 1
   * @return the broker
   * @throws IllegalArgumentException if there is none of this id
   */
  public BrokerProcess broker(int id) {
    if (id < 1 || id > brokers.size()) {
      throw new IllegalArgumentException(
          "There is no broker %d; their ids are 1 to %d".formatted(id, brokers.size()));
    }
    return brokers.get(id - 1);
  }

  /**
   * Gives all brokers.
   *
   * @return an unmodifiable list in the order of their ids
   */
  public List<BrokerProcess> brokers() {
    return brokers;
  }

  /** Ends all processes at once and removes their data. Does nothing the second time. */
  @Override
  public void close() {
    List<Runnable> ends = new ArrayList<>();
    brokers.forEach(broker -> ends.add(broker::discard));
    ChildProcess keeper = zooKeeper;
    if (keeper != null && keeper.isAlive()) {
      ends.add(keeper::kill);
    }
    RuntimeException failure = null;
    for (Runnable end : ends) {
      try {
        end.run();
      } catch (RuntimeException stays) {
        // The others are to end all the same.
        if (failure == null) {
          failure = stays;
        } else {
          failure.addSuppressed(stays);
        }
      }
    }
    Leftovers.delete(directory);
    if (failure != null) {
      throw failure;
    }
  }
}

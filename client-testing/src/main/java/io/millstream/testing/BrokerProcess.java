package io.millstream.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One broker of a {@link KafkaCluster}. It can be stopped, killed, frozen and started again with
 * the same port and data. Not safe for use by several threads at once.
 */
public final class BrokerProcess {

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();
  private static final List<String> JVM =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  private final ClusterPlan plan;
  private final int id;
  private final Path directory;
  private final String classPath;
  private @Nullable ChildProcess process;
  private @Nullable BrokerLink link;

  BrokerProcess(ClusterPlan plan, int id, Path directory, String classPath) {
    this.plan = plan;
    this.id = id;
    this.directory = directory;
    this.classPath = classPath;
  }

  /**
   * Gives the broker's number.
   *
   * @return its node id, from 1
   */
  public int id() {
    return id;
  }

  /**
   * Gives the port for clients on 127.0.0.1; it stays the same over restarts.
   *
   * @return the port
   */
  public int port() {
    return plan.clientPort(id);
  }

  /**
   * Gives the directory with the broker's log segments, one folder for each partition.
   *
   * @return the data directory
   */
  public Path dataDirectory() {
    return directory.resolve("data-" + id);
  }

  /** The id of the running process. */
  long pid() {
    return running().pid();
  }

  /**
   * Tells whether the process runs, frozen or not.
   *
   * @return true if it runs
   */
  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  /**
   * Starts the broker again after it was stopped or killed, and waits until it answers.
   *
   * @throws IllegalStateException if it runs already, or does not come up; the text shows the end
   *     of its log
   */
  public void start() {
    launch();
    awaitReady();
  }

  /** Opens the way for clients, where they do not come directly. */
  void link() throws IOException {
    if (plan.linked()) {
      link = new BrokerLink(port(), plan.ownPort(id));
    }
  }

  /** Starts the process without waiting for it. */
  void launch() {
    if (isRunning()) {
      throw new IllegalStateException("broker " + id + " runs already");
    }
    try {
      Path properties = propertiesFile();
      if (!plan.version().needsZooKeeper()) {
        format(properties);
      }
      process =
          ChildProcess.start(
              directory,
              "broker-" + id,
              classPath,
              JVM,
              List.of("kafka.Kafka", properties.toString()));
    } catch (IOException failure) {
      throw new UncheckedIOException("broker " + id + " cannot be started", failure);
    }
  }

  /**
   * Waits until the launched broker answers; a ZooKeeper broker that met its own old registration
   * is launched again.
   */
  void awaitReady() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!ReadinessProbe.knowsItself(plan.ownPort(id), id)) {
      boolean ended = !isRunning();
      if (ended && plan.version().needsZooKeeper() && running().hasSaid("NodeExists")) {
        launch();
        ended = false;
      }
      KafkaCluster.throwIfInterrupted();
      if (ended || System.nanoTime() > deadline) {
        throw notReady();
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  private IllegalStateException notReady() {
    ChildProcess child = running();
    String what =
        child.isAlive()
            ? "does not answer after " + START_LIMIT.toSeconds() + " s"
            : "ended with exit code " + child.exitValue();
    return new IllegalStateException(
        "Kafka "
            + plan.version()
            + " broker "
            + id
            + " on port "
            + port()
            + " "
            + what
            + ". The end of its log:\n"
            + child.tail());
  }

  /**
   * Ends the broker in order: it hands over its partitions and closes its logs. Blocks until it is
   * gone.
   */
  public void stop() {
    running().stop();
  }

  /** Ends the broker at once, as a power cut would (SIGKILL). Blocks until it is gone. */
  public void killHard() {
    running().kill();
  }

  /**
   * Freezes the process (SIGSTOP): its connections stay open, and nothing is answered until {@link
   * #resume}.
   */
  public void freeze() {
    running().freeze();
  }

  /** Lets a frozen process go on. */
  public void resume() {
    running().resume();
  }

  /**
   * Lets nothing pass between clients and this broker any more, in either direction, until {@link
   * #reconnect}. Connections stay open, and new ones are taken but not answered. The broker lives
   * on, and the other brokers reach it.
   *
   * @throws IllegalStateException if the cluster was not built {@linkplain
   *     KafkaCluster.Builder#linked linked}
   */
  public void cutOff() {
    requireLink().cut();
  }

  /**
   * Lets clients reach this broker again. What was on its way when it was cut off arrives now.
   *
   * @throws IllegalStateException if the cluster was not built {@linkplain
   *     KafkaCluster.Builder#linked linked}
   */
  public void reconnect() {
    requireLink().mend();
  }

  /**
   * Resets all connections between clients and this broker; what is on its way is lost. New ones
   * are taken at once.
   *
   * @throws IllegalStateException if the cluster was not built {@linkplain
   *     KafkaCluster.Builder#linked linked}
   */
  public void resetConnections() {
    requireLink().reset();
  }

  private BrokerLink requireLink() {
    BrokerLink way = link;
    if (way == null) {
      throw new IllegalStateException(
          "clients reach broker " + id + " directly; build the cluster with linked()");
    }
    return way;
  }

  boolean portWasTaken() {
    return process != null && process.hasSaid("Address already in use");
  }

  void discard() {
    if (isRunning()) {
      running().kill();
    }
    BrokerLink way = link;
    if (way != null) {
      way.close();
    }
  }

  private ChildProcess running() {
    ChildProcess child = process;
    if (child == null) {
      throw new IllegalStateException("broker " + id + " was not started");
    }
    return child;
  }

  private Path propertiesFile() throws IOException {
    Files.createDirectories(dataDirectory());
    Path file = directory.resolve("broker-" + id + ".properties");
    Properties properties = plan.brokerProperties(id, dataDirectory().toString());
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    return file;
  }

  private void format(Path properties) throws IOException {
    if (Files.exists(dataDirectory().resolve("meta.properties"))) {
      return;
    }
    ChildProcess format =
        ChildProcess.start(
            directory,
            "format-" + id,
            classPath,
            JVM,
            List.of(
                "kafka.tools.StorageTool",
                "format",
                "--ignore-formatted",
                "-t",
                KafkaCluster.CLUSTER_ID,
                "-c",
                properties.toString()));
    try {
      if (!format.awaitEnd(START_LIMIT) || format.exitValue() != 0) {
        throw new IllegalStateException(
            "the data directory of broker " + id + " could not be formatted:\n" + format.tail());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while broker " + id + " was formatted", interrupted);
    } finally {
      format.kill();
    }
  }
}

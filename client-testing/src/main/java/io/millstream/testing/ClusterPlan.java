package io.millstream.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the brokers of one cluster are told. Brokers are numbered from 1.
 *
 * @param version the brokers' version
 * @param brokers how many
 * @param linked whether clients reach the brokers by links that can be cut; brokers reach one
 *     another and their controllers without
 * @param ports a client port for each broker, then either a controller port for each or
 *     ZooKeeper's, then for linked ones two more for each
 * @param racks where the first brokers stand, one after another
 * @param extra the user's own broker properties, which win
 */
record ClusterPlan(
    KafkaVersion version,
    int brokers,
    boolean linked,
    List<Integer> ports,
    List<String> racks,
    Map<String, String> extra) {

  static int portsNeeded(KafkaVersion version, int brokers, boolean linked) {
    return brokers + (version.needsZooKeeper() ? 1 : brokers) + (linked ? 2 * brokers : 0);
  }

  int clientPort(int broker) {
    return ports.get(broker - 1);
  }

  /** The port on which the broker itself listens to clients. */
  int ownPort(int broker) {
    return linked ? afterControl(broker) : clientPort(broker);
  }

  private int replicationPort(int broker) {
    return afterControl(brokers + broker);
  }

  private int afterControl(int index) {
    return ports.get(portsNeeded(version, brokers, false) + index - 1);
  }

  int zooKeeperPort() {
    return ports.get(brokers);
  }

  private int controllerPort(int broker) {
    return ports.get(brokers + broker - 1);
  }

  String bootstrapServers() {
    return IntStream.rangeClosed(1, brokers)
        .mapToObj(broker -> "127.0.0.1:" + clientPort(broker))
        .collect(Collectors.joining(","));
  }

  Properties brokerProperties(int broker, String dataDirectory) {
    Map<String, String> settings = new LinkedHashMap<>(common(dataDirectory));
    settings.putAll(version.needsZooKeeper() ? zooKeeper(broker) : kraft(broker));
    if (broker <= racks.size()) {
      settings.put("broker.rack", racks.get(broker - 1));
    }
    settings.putAll(extra);
    Properties properties = new Properties();
    properties.putAll(settings);
    return properties;
  }

  private Map<String, String> common(String dataDirectory) {
    String replicas = Integer.toString(brokers);
    String leastInSync = Integer.toString(Math.max(1, brokers - 1));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("log.dirs", dataDirectory);
    settings.put("offsets.topic.replication.factor", replicas);
    settings.put("offsets.topic.num.partitions", "3");
    settings.put("transaction.state.log.replication.factor", replicas);
    settings.put("transaction.state.log.min.isr", leastInSync);
    settings.put("transaction.state.log.num.partitions", "3");
    settings.put("default.replication.factor", replicas);
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    settings.put("controlled.shutdown.max.retries", "1");
    return settings;
  }

  private Map<String, String> kraft(int broker) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(broker));
    settings.put(
        "controller.quorum.voters",
        IntStream.rangeClosed(1, brokers)
            .mapToObj(voter -> voter + "@127.0.0.1:" + controllerPort(voter))
            .collect(Collectors.joining(",")));
    settings.put("controller.listener.names", "CONTROLLER");
    listen(settings, broker, ",CONTROLLER://127.0.0.1:" + controllerPort(broker));
    settings.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,REPLICATION:PLAINTEXT,CONTROLLER:PLAINTEXT");
    if (version == KafkaVersion.V4_4_0) {
      settings.put("share.coordinator.state.topic.replication.factor", Integer.toString(brokers));
      settings.put("share.coordinator.state.topic.min.isr", "1");
    }
    return settings;
  }

  private Map<String, String> zooKeeper(int broker) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("broker.id", Integer.toString(broker));
    settings.put("zookeeper.connect", "127.0.0.1:" + zooKeeperPort());
    // Short, so that a broker killed hard can soon register anew; on a busy machine a broker stands
    // still for two or three seconds, and must not lose its session for that.
    settings.put("zookeeper.session.timeout.ms", "6000");
    listen(settings, broker, "");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,REPLICATION:PLAINTEXT");
    return settings;
  }

  private void listen(Map<String, String> settings, int broker, String controller) {
    String replication = linked ? ",REPLICATION://127.0.0.1:" + replicationPort(broker) : "";
    settings.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + ownPort(broker) + replication + controller);
    settings.put(
        "advertised.listeners", "PLAINTEXT://127.0.0.1:" + clientPort(broker) + replication);
    settings.put("inter.broker.listener.name", linked ? "REPLICATION" : "PLAINTEXT");
  }

  /** ZooKeeper's own settings. */
  Properties zooKeeperProperties(String dataDirectory) {
    Properties properties = new Properties();
    properties.put("dataDir", dataDirectory);
    properties.put("clientPort", Integer.toString(zooKeeperPort()));
    properties.put("clientPortAddress", "127.0.0.1");
    properties.put("tickTime", "500");
    properties.put("admin.enableServer", "false");
    return properties;
  }
}

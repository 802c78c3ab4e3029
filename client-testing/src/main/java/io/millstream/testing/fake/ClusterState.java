package io.millstream.testing.fake;

import io.millstream.common.Uuid;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All there is to a fake cluster. Belongs to the thread of its host. */
final class ClusterState {

  private static final int FIRST_PRODUCER_ID = 1000;

  private final BrokerHost host;
  private final RandomGenerator random;
  private final Timing timing;
  private final Map<Integer, FakeBroker> brokers = new TreeMap<>();
  private final String clusterId;
  private final boolean createsTopics;
  private final Topics topics;
  private final Groups groups;
  private final Transactions transactions = new Transactions(this);
  private final Faults faults = new Faults();
  private final SpokenVersions versions = new SpokenVersions();
  private final Handlers handlers;
  private long nextProducerId = FIRST_PRODUCER_ID;
  private short firstProducerEpoch;

  /**
   * Who writes to a transactional id.
   *
   * @param id the producer id
   * @param epoch its epoch
   */
  record ProducerIdentity(long id, short epoch) {}

  ClusterState(BrokerHost host, int brokerCount, Timing timing, boolean createsTopics) {
    this.host = host;
    this.random = host.random();
    this.timing = timing;
    this.createsTopics = createsTopics;
    this.clusterId = newUuid().toString();
    this.topics = new Topics(this);
    this.groups = new Groups(this);
    this.handlers = new Handlers(this);
    for (int id = 1; id <= brokerCount; id++) {
      brokers.put(id, new FakeBroker(this, id));
    }
  }

  BrokerHost host() {
    return host;
  }

  RandomGenerator random() {
    return random;
  }

  Timing timing() {
    return timing;
  }

  String clusterId() {
    return clusterId;
  }

  boolean createsTopics() {
    return createsTopics;
  }

  Topics topics() {
    return topics;
  }

  Groups groups() {
    return groups;
  }

  Transactions transactions() {
    return transactions;
  }

  Faults faults() {
    return faults;
  }

  SpokenVersions versions() {
    return versions;
  }

  Handlers handlers() {
    return handlers;
  }

  /** Returns all brokers, running or not, by id. */
  List<FakeBroker> brokers() {
    return List.copyOf(brokers.values());
  }

  FakeBroker broker(int id) {
    FakeBroker broker = brokers.get(id);
    if (broker == null) {
      throw new IllegalArgumentException(
          "There is no broker " + id + ", there are " + brokers.keySet());
    }
    return broker;
  }

  boolean runs(int brokerId) {
    FakeBroker broker = brokers.get(brokerId);
    return broker != null && broker.running();
  }

  List<FakeBroker> runningBrokers() {
    return brokers.values().stream().filter(FakeBroker::running).toList();
  }

  /** Returns the broker that coordinates a group or transactional id, null where none runs. */
  @Nullable FakeBroker coordinator(String key) {
    List<FakeBroker> running = runningBrokers();
    if (running.isEmpty()) {
      return null;
    }
    FakeBroker home = broker(1 + Math.floorMod(key.hashCode(), brokers.size()));
    return home.running() ? home : running.get(Math.floorMod(key.hashCode(), running.size()));
  }

  Uuid newUuid() {
    return new Uuid(random.nextLong(), random.nextLong());
  }

  ProducerIdentity newProducer() {
    return new ProducerIdentity(nextProducerId++, firstProducerEpoch);
  }

  void giveProducerEpoch(short epoch) {
    firstProducerEpoch = epoch;
  }

  void start(int brokerId) {
    broker(brokerId).start();
    topics.elect();
    groups.moveCoordinators();
  }

  void stop(int brokerId) {
    broker(brokerId).stop();
    topics.elect();
    groups.moveCoordinators();
  }

  void fence(int brokerId) {
    broker(brokerId).fence();
    topics.elect();
    groups.moveCoordinators();
  }

  void thaw(int brokerId) {
    boolean back = broker(brokerId).thaw();
    if (back) {
      topics.elect();
      groups.moveCoordinators();
    }
  }
}

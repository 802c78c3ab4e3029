package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.TopicPartition;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Three brokers, a topic that grows, and a group that reads it; checks each record on its way. */
final class ReadingWorld {

  static final String TOPIC = "orders";
  static final String GROUP = "readers";
  static final int PARTITIONS = 4;
  private static final int MOST_MEMBERS = 3;
  private static final String[] GROUP_ERRORS = {
    "REBALANCE_IN_PROGRESS",
    "ILLEGAL_GENERATION",
    "UNKNOWN_MEMBER_ID",
    "NOT_COORDINATOR",
    "COORDINATOR_LOAD_IN_PROGRESS",
    "COORDINATOR_NOT_AVAILABLE"
  };

  private final Simulation simulation;
  private final FakeCluster cluster;
  private final SplittableRandom random;
  private final List<ReadingMember> members = new ArrayList<>();
  private final Map<Integer, List<String>> read = new TreeMap<>();
  private final Map<Integer, Long> dealtWith = new TreeMap<>();
  private int membersSoFar;
  private int recordsSoFar;

  ReadingWorld(long seed, NetworkConditions conditions) {
    simulation = new Simulation(seed, conditions);
    cluster = FakeCluster.builder().brokers(3).withDelays().startIn(simulation);
    cluster.createTopic(TOPIC, PARTITIONS);
    random = new SplittableRandom(~seed);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      read.put(partition, new ArrayList<>());
      dealtWith.put(partition, 0L);
    }
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

  int members() {
    return members.size();
  }

  /** Has records appear in the logs, as if somebody else had sent them. */
  void write(int records) {
    for (int i = 0; i < records; i++) {
      byte[] value = Integer.toString(++recordsSoFar).getBytes(StandardCharsets.UTF_8);
      cluster.append(TOPIC, random.nextInt(PARTITIONS), null, value);
    }
  }

  /** Returns the values in each partition's log. */
  Map<Integer, List<String>> logs() {
    Map<Integer, List<String>> logs = new TreeMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      logs.put(
          partition,
          cluster.records(TOPIC, partition).stream()
              .map(record -> new String(record.value(), StandardCharsets.UTF_8))
              .toList());
    }
    return logs;
  }

  void join() {
    if (members.size() < MOST_MEMBERS) {
      members.add(new ReadingMember(this, ++membersSoFar));
    }
  }

  /** Lets a member come, go or die, or does nothing. */
  void changeMembers() {
    switch (random.nextInt(4)) {
      case 0, 1 -> join();
      case 2 -> {
        if (!members.isEmpty()) {
          members.remove(random.nextInt(members.size())).close();
        }
      }
      default -> {
        if (!members.isEmpty()) {
          members.remove(random.nextInt(members.size())).kill();
        }
      }
    }
  }

  void disturb() {
    int broker = 1 + random.nextInt(3);
    switch (random.nextInt(14)) {
      case 0, 1 -> {
        cluster.stopBroker(broker);
        afterAWhile(() -> cluster.startBroker(broker));
      }
      case 2, 3 -> {
        cluster.freezeBroker(broker);
        afterAWhile(() -> cluster.continueBroker(broker));
      }
      case 4, 5 -> cluster.brokerIds().forEach(cluster::startBroker);
      case 6 -> simulation.cutAll();
      case 7 -> cluster.forgetFetchSessions(broker);
      case 8 -> cluster.refuse("Heartbeat", groupError(), 1);
      case 9 -> cluster.refuse("OffsetCommit", groupError(), 1);
      case 10 -> cluster.refuse("SyncGroup", groupError(), 1);
      case 11 -> cluster.loseAnswers("OffsetCommit", 1);
      case 12 -> cluster.loseAnswers("JoinGroup", 1);
      default -> cluster.refuse("Fetch", "INVALID_FETCH_SESSION_EPOCH", 1);
    }
  }

  private void afterAWhile(Runnable recovery) {
    simulation.later(Duration.ofMillis(random.nextInt(20_000)).toNanos(), recovery);
  }

  private String groupError() {
    return GROUP_ERRORS[random.nextInt(GROUP_ERRORS.length)];
  }

  void heal() {
    cluster.clearFaults();
    cluster.brokerIds().forEach(cluster::startBroker);
    cluster.brokerIds().forEach(cluster::continueBroker);
    simulation.conditions(NetworkConditions.calm());
  }

  void pollAll() {
    for (ReadingMember member : List.copyOf(members)) {
      member.poll(Duration.ofMillis(1 + random.nextInt(800)));
      if (random.nextInt(3) == 0) {
        member.commit();
      }
      checkNothingIsSkipped();
    }
  }

  /** Polls and commits until everything in the logs was read and committed. */
  void catchUp(Duration atMost) {
    Map<Integer, List<String>> logs = logs();
    Map<Integer, Long> ends = new TreeMap<>();
    logs.forEach((partition, values) -> ends.put(partition, (long) values.size()));
    long deadline = simulation.nanoTime() + atMost.toNanos();
    while (!read.equals(logs) && simulation.nanoTime() < deadline) {
      pollAll();
    }
    assertThat(read).as("read").isEqualTo(logs);
    // What was read by members that have gone is read again before it is committed.
    while (!committed().equals(ends) && simulation.nanoTime() < deadline) {
      pollAll();
      members.forEach(ReadingMember::commit);
    }
    assertThat(committed()).as("committed").isEqualTo(ends);
  }

  private Map<Integer, Long> committed() {
    Map<Integer, Long> committed = new TreeMap<>();
    for (int partition : dealtWith.keySet()) {
      TopicPartition committing = new TopicPartition(TOPIC, partition);
      committed.put(partition, cluster.committedOffset(GROUP, committing).orElse(0));
    }
    return committed;
  }

  void closeAll() {
    members.forEach(ReadingMember::commit);
    members.forEach(ReadingMember::close);
    members.clear();
  }

  /** A record was returned to a member that had the partition and read all before it. */
  void read(int partition, long offset, String value) {
    List<String> before = read.get(partition);
    assertThat(offset)
        .as("offset read of partition %d, of which %d is the next unread", partition, before.size())
        .isLessThanOrEqualTo(before.size());
    if (offset == before.size()) {
      before.add(value);
    } else {
      assertThat(value).as("offset %d, read again", offset).isEqualTo(before.get((int) offset));
    }
  }

  /** The application is done with everything before an offset. */
  void dealtWith(int partition, long next) {
    dealtWith.merge(partition, next, Math::max);
  }

  /** No position was committed beyond what some member was done with. */
  private void checkNothingIsSkipped() {
    Map<Integer, Long> committed = committed();
    dealtWith.forEach(
        (partition, next) ->
            assertThat(committed.get(partition))
                .as("committed of partition %d, dealt with before %d", partition, next)
                .isLessThanOrEqualTo(next));
  }
}

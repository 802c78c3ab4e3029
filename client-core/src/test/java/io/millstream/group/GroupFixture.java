package io.millstream.group;

import io.millstream.clients.consumer.ConsumerPartitionAssignor;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.Cluster;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.HeartbeatRequest;
import io.millstream.protocol.HeartbeatResponse;
import io.millstream.protocol.JoinGroupRequest;
import io.millstream.protocol.JoinGroupResponse;
import io.millstream.protocol.JoinGroupResponse.JoinGroupResponseMember;
import io.millstream.protocol.SyncGroupRequest;
import io.millstream.protocol.SyncGroupResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A group of which the test is the coordinator, the consumer and the cluster. */
final class GroupFixture implements MemberEvents, Assignee, GroupTopics {

  static final Duration HEARTBEAT = Duration.ofSeconds(3);
  static final Duration SESSION = Duration.ofSeconds(45);
  static final Duration MAX_POLL = Duration.ofMinutes(5);

  final SteppedLoop steps = new SteppedLoop();
  final ScriptedCoordinator coordinator = new ScriptedCoordinator(steps);
  final List<String> history = new ArrayList<>();
  final Map<String, Integer> topicPartitions = new TreeMap<>();
  final Map<String, Uuid> topicIds = new TreeMap<>();
  final List<String> refreshes = new ArrayList<>();
  final List<Integer> backOffs = new ArrayList<>();
  final Set<String> missing = new LinkedHashSet<>();
  final ClassicGroup group;
  Map<TopicPartition, OffsetAndMetadata> snapshot = Map.of();
  Set<String> wanted = Set.of();
  @Nullable RuntimeException failure;
  private @Nullable Runnable whenThrown;
  private final ArrayDeque<Runnable> pollSteps = new ArrayDeque<>();
  private final List<Runnable> topicListeners = new ArrayList<>();
  private @Nullable Runnable whenTopicsKnown;

  GroupFixture() {
    this(null, false);
  }

  GroupFixture(@Nullable String groupInstanceId, boolean autoCommit) {
    this(groupInstanceId, autoCommit, new OneForEach());
  }

  GroupFixture(
      @Nullable String groupInstanceId, boolean autoCommit, ConsumerPartitionAssignor assignor) {
    GroupSettings settings =
        new GroupSettings(
            new GroupIdentity("reader", "orders", groupInstanceId, ""),
            (int) SESSION.toMillis(),
            (int) MAX_POLL.toMillis(),
            HEARTBEAT.toNanos(),
            TimeUnit.SECONDS.toNanos(30),
            attempt -> {
              backOffs.add(attempt);
              return TimeUnit.MILLISECONDS.toNanos(100);
            });
    topicPartitions.put("t", 3);
    group =
        new ClassicGroup(
            steps.loop(),
            coordinator,
            this,
            settings,
            new AutoCommit.Settings(autoCommit, TimeUnit.SECONDS.toNanos(5)),
            new ClassicGroup.Consumer(this, this, List.of(assignor), () -> snapshot));
  }

  /** Gives every member one partition of "t", in the order of the member ids. */
  static class OneForEach implements ConsumerPartitionAssignor {
    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription groupSubscription) {
      Map<String, Assignment> assignments = new LinkedHashMap<>();
      for (String member : groupSubscription.groupSubscription().keySet()) {
        assignments.put(
            member, new Assignment(List.of(new TopicPartition("t", assignments.size()))));
      }
      return new GroupAssignment(assignments);
    }

    @Override
    public String name() {
      return "one";
    }
  }

  // What the consumer is.

  @Override
  public void inPoll(Runnable step) {
    pollSteps.add(step);
  }

  @Override
  public void failed(RuntimeException cause, @Nullable Runnable whenThrown) {
    failure = cause;
    this.whenThrown = whenThrown;
  }

  @Override
  public void hold(List<TopicPartition> partitions) {
    history.add("hold" + partitions);
  }

  @Override
  public void revoke(List<TopicPartition> partitions) {
    history.add("revoke" + partitions);
  }

  @Override
  public void lost(List<TopicPartition> partitions) {
    history.add("lost" + partitions);
  }

  @Override
  public void assign(List<TopicPartition> partitions) {
    history.add("assign" + partitions);
  }

  /** Polls once, and lets everything happen that follows; as after the poll that throws. */
  void poll() {
    group.polling().working(steps.nowNanos());
    Runnable thrown = whenThrown;
    whenThrown = null;
    if (thrown != null) {
      thrown.run();
    }
    do {
      steps.settle();
      Runnable step = pollSteps.poll();
      if (step != null) {
        step.run();
      }
      steps.settle();
    } while (!pollSteps.isEmpty());
    group.polling().working(steps.nowNanos());
  }

  /** Lets time pass with a poll every second. */
  void pollFor(Duration duration) {
    for (long second = 0; second < duration.toSeconds(); second++) {
      steps.advance(Duration.ofSeconds(1));
      poll();
    }
  }

  /** Lets time pass with answers to heartbeats and without a poll. */
  void heartbeatsFor(Duration duration) {
    for (long second = 0; second < duration.toSeconds(); second++) {
      steps.advance(Duration.ofSeconds(1));
      if (coordinator.has(HeartbeatRequest.class)) {
        coordinator.answer(heartbeat(ErrorCode.NONE));
      }
    }
  }

  void subscribe(String... topics) {
    steps.run(() -> group.subscribe(new LinkedHashSet<>(List.of(topics))));
  }

  // What the cluster is.

  @Override
  public void want(Set<String> topics) {
    wanted = Set.copyOf(topics);
  }

  @Override
  public void whenKnown(Set<String> topics, Runnable task) {
    if (topicPartitions.keySet().containsAll(topics)) {
      steps.loop().execute(task);
    } else {
      whenTopicsKnown = task;
    }
  }

  @Override
  public Map<String, Integer> partitionCounts(Set<String> topics) {
    Map<String, Integer> counts = new TreeMap<>(topicPartitions);
    counts.keySet().retainAll(topics);
    return counts;
  }

  @Override
  public Cluster cluster() {
    return Cluster.empty();
  }

  @Override
  public boolean isMissing(TopicPartition partition) {
    int count = topicPartitions.getOrDefault(partition.topic(), Integer.MAX_VALUE);
    return isMissing(partition.topic()) || partition.partition() >= count;
  }

  @Override
  public boolean isMissing(String topic) {
    return missing.contains(topic);
  }

  @Override
  public @Nullable Uuid topicId(String topic) {
    return topicIds.get(topic);
  }

  @Override
  public void refresh(String reason) {
    refreshes.add(reason);
  }

  @Override
  public void onChange(Runnable task) {
    topicListeners.add(task);
  }

  void topicHas(String topic, int partitions) {
    topicPartitions.put(topic, partitions);
    steps.run(
        () -> {
          topicListeners.forEach(Runnable::run);
          if (whenTopicsKnown != null) {
            whenTopicsKnown.run();
            whenTopicsKnown = null;
          }
        });
  }

  // What the coordinator answers.

  /** Takes the member into a generation that another one leads. */
  void joinAsFollower(int generation, String memberId, int... partitions) {
    coordinator.answer(joined(generation, memberId, "leader", List.of()));
    coordinator.answer(assigned(partitions));
    poll();
  }

  /** Takes the member into a generation that it leads, alone. */
  void joinAsLeader(int generation, String memberId, int... partitions) {
    coordinator.answer(joined(generation, memberId, memberId, List.of(member(memberId, "t"))));
    poll();
    coordinator.answer(assigned(partitions));
    poll();
  }

  static JoinGroupResponse joined(
      int generation, String memberId, String leader, List<JoinGroupResponseMember> members) {
    return JoinGroupResponse.defaults()
        .withGenerationId(generation)
        .withProtocolType("consumer")
        .withProtocolName("one")
        .withLeader(leader)
        .withMemberId(memberId)
        .withMembers(members);
  }

  static JoinGroupResponseMember member(String memberId, String... topics) {
    ByteBuffer subscription =
        ConsumerProtocol.write(new ConsumerPartitionAssignor.Subscription(List.of(topics)));
    return new JoinGroupResponseMember(memberId, null, subscription);
  }

  static JoinGroupResponse joinRefused(ErrorCode error, String memberId) {
    return JoinGroupResponse.defaults().withErrorCode(error.code()).withMemberId(memberId);
  }

  static SyncGroupResponse assigned(int... partitions) {
    List<TopicPartition> list = new ArrayList<>();
    for (int partition : partitions) {
      list.add(new TopicPartition("t", partition));
    }
    return SyncGroupResponse.defaults()
        .withAssignment(ConsumerProtocol.write(new ConsumerPartitionAssignor.Assignment(list)));
  }

  static SyncGroupResponse syncRefused(ErrorCode error) {
    return SyncGroupResponse.defaults().withErrorCode(error.code());
  }

  static HeartbeatResponse heartbeat(ErrorCode error) {
    return HeartbeatResponse.defaults().withErrorCode(error.code());
  }

  JoinGroupRequest join() {
    return coordinator.next(JoinGroupRequest.class);
  }

  SyncGroupRequest sync() {
    return coordinator.next(SyncGroupRequest.class);
  }

  HeartbeatRequest heartbeatSent() {
    return coordinator.next(HeartbeatRequest.class);
  }

  /** Makes the member one of generation 1 as "m-1", with partition 0. */
  static GroupFixture stable() {
    return stable(new GroupFixture());
  }

  static GroupFixture stable(GroupFixture fixture) {
    fixture.subscribe("t");
    fixture.poll();
    fixture.joinAsFollower(1, "m-1", 0);
    fixture.history.clear();
    return fixture;
  }
}

package io.millstream.testing.fake;

import io.millstream.common.TopicPartition;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ErrorCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fake Kafka cluster in this JVM, of one or more brokers with the ids 1, 2, …. Its logs and
 * groups live in memory. What goes wrong is ordered here: brokers that stop or freeze, leaders that
 * move, errors, lost answers. Any thread may call the methods; they do not wait for clients.
 *
 * <p>What it leaves out: compaction and retention, quotas, access control, consumer groups of the
 * newer protocol. A batch is on all replicas as soon as it is on one.
 */
public final class FakeCluster implements AutoCloseable {

  private static final Pattern WORD_BOUNDARY = Pattern.compile("(?<=[a-z])(?=[A-Z])");

  private final ClusterState state;
  private final BrokerHost host;

  /** How a cluster is set up. */
  public static final class Builder {

    private int brokerCount = 1;
    private boolean createsTopics = true;
    private Timing timing = Timing.AT_ONCE;
    private List<String> racks = List.of();

    private Builder() {}

    /**
     * Sets the number of brokers; 1 where nothing is said.
     *
     * @param count from 1
     * @return this builder
     */
    public Builder brokers(int count) {
      brokerCount = count;
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
     * Sets {@code auto.create.topics.enable}; true where nothing is said, as in Kafka.
     *
     * @param enabled whether
     * @return this builder
     */
    public Builder autoCreateTopics(boolean enabled) {
      createsTopics = enabled;
      return this;
    }

    /**
     * Has brokers take their time, each time another, and learn late of moved leaders.
     *
     * @return this builder
     */
    public Builder withDelays() {
      timing = Timing.VARYING;
      return this;
    }

    /**
     * Sets {@code group.initial.rebalance.delay.ms}; 0 where nothing is said.
     *
     * @param delay how long
     * @return this builder
     */
    public Builder initialRebalanceDelay(Duration delay) {
      timing =
          new Timing(
              timing.mostProcessingNanos(),
              timing.mostReplicationNanos(),
              timing.mostMetadataLagNanos(),
              delay.toNanos());
      return this;
    }

    /**
     * Starts the cluster on free ports of the loopback interface.
     *
     * @return the running cluster
     */
    public FakeCluster start() {
      return new FakeCluster(new LoopbackHost(), this);
    }

    /**
     * Starts the cluster in a world, such as a simulation.
     *
     * @param host the world
     * @return the running cluster
     */
    public FakeCluster startIn(BrokerHost host) {
      return new FakeCluster(host, this);
    }
  }

  private FakeCluster(BrokerHost host, Builder builder) {
    this.host = host;
    this.state =
        host.call(
            () -> {
              ClusterState built =
                  new ClusterState(
                      host, builder.brokerCount, builder.timing, builder.createsTopics);
              for (int i = 0; i < builder.racks.size(); i++) {
                built.broker(i + 1).standIn(builder.racks.get(i));
              }
              built.brokers().forEach(FakeBroker::start);
              return built;
            });
  }

  /**
   * Begins to describe a cluster.
   *
   * @return a builder of one broker
   */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return what clients need as {@code bootstrap.servers}} */
  public String bootstrapServers() {
    return host.call(
        () ->
            state.brokers().stream()
                .map(broker -> broker.host() + ":" + broker.port())
                .collect(Collectors.joining(",")));
  }

  /** {@return the ids of all brokers, running or not} */
  public List<Integer> brokerIds() {
    return host.call(() -> state.brokers().stream().map(FakeBroker::id).toList());
  }

  /**
   * Creates a topic, on up to three brokers.
   *
   * @param name its name
   * @param partitions how many, from 1
   */
  public void createTopic(String name, int partitions) {
    createTopic(name, partitions, Map.of());
  }

  /**
   * Creates a topic with a configuration, on up to three brokers. {@code max.message.bytes} and
   * {@code message.timestamp.type} have their effect; with the {@code cleanup.policy} {@code
   * compact} records without a key are refused, and nothing is compacted.
   *
   * @param name its name
   * @param partitions how many, from 1
   * @param configuration in Kafka's spelling; what is not named above has no effect
   */
  public void createTopic(String name, int partitions, Map<String, String> configuration) {
    Topic.Settings settings = Topic.Settings.of(configuration);
    run(
        () ->
            state.topics().create(name, partitions, Math.min(3, state.brokers().size()), settings));
  }

  /**
   * Deletes a topic; nothing happens where there is none.
   *
   * @param name its name
   */
  public void deleteTopic(String name) {
    run(
        () -> {
          Topic topic = state.topics().find(name);
          if (topic != null) {
            state.topics().delete(topic);
          }
        });
  }

  /**
   * Returns the leader of a partition, -1 where it has none.
   *
   * @param topic its name
   * @param partition its number
   * @return its id
   */
  public int leader(String topic, int partition) {
    return host.call(() -> state.topics().require(topic, partition).leader());
  }

  /**
   * Makes another broker the leader of a partition, in a new epoch; the same one may be named.
   *
   * @param topic its name
   * @param partition its number
   * @param brokerId which one, from 1
   * @throws IllegalArgumentException if the broker has no replica of it or does not run
   */
  public void moveLeader(String topic, int partition, int brokerId) {
    run(() -> state.topics().moveLeader(topic, partition, brokerId));
  }

  /**
   * Finalizes a level of {@code transaction.version}, as an upgrade of the cluster does; 2 where
   * nothing is said. Clients learn of it when they connect.
   *
   * @param level 0 to 2
   */
  public void transactionVersion(int level) {
    run(() -> state.transactions().level(level));
  }

  /**
   * Has the brokers keep transactions open for as long as their producer wishes (KIP-939), as with
   * their settings {@code unstable.api.versions.enable} and {@code
   * transaction.two.phase.commit.enable}. Clients learn of it when they connect.
   *
   * @param allowed false to have brokers speak the version of it, and refuse what it asks for
   */
  public void twoPhaseCommit(boolean allowed) {
    run(
        () -> {
          state.versions().allowTwoPhases();
          state.transactions().allowTwoPhases(allowed);
        });
  }

  /**
   * Stops a broker: its connections break, others lead its partitions and groups.
   *
   * @param brokerId which one, from 1
   */
  public void stopBroker(int brokerId) {
    run(() -> state.stop(brokerId));
  }

  /**
   * Starts a broker that was stopped, at its old address.
   *
   * @param brokerId which one, from 1
   */
  public void startBroker(int brokerId) {
    run(() -> state.start(brokerId));
  }

  /**
   * Has a broker take bytes and answer nothing.
   *
   * @param brokerId which one, from 1
   */
  public void freezeBroker(int brokerId) {
    run(() -> state.broker(brokerId).freeze());
  }

  /**
   * Has a broker take more time for each request from now on; those of a connection wait for one
   * another.
   *
   * @param brokerId which one, from 1
   * @param perRequest how much more, zero to be as fast as at first
   */
  public void slowBroker(int brokerId, Duration perRequest) {
    run(() -> state.broker(brokerId).slowDown(perRequest.toNanos()));
  }

  /**
   * Freezes a broker, and has others lead its partitions and groups, as the controller does with
   * one that it does not hear of any more.
   *
   * @param brokerId which one, from 1
   */
  public void fenceBroker(int brokerId) {
    run(() -> state.fence(brokerId));
  }

  /**
   * Has a frozen broker go on where it stood; one that was fenced takes back what was its.
   *
   * @param brokerId which one, from 1
   */
  public void continueBroker(int brokerId) {
    run(() -> state.thaw(brokerId));
  }

  /**
   * Returns the broker that coordinates a group, or a transactional id.
   *
   * @param key the group id or transactional id
   * @return its id
   * @throws IllegalStateException if no broker runs
   */
  public int coordinator(String key) {
    return host.call(
        () -> {
          FakeBroker broker = state.coordinator(key);
          if (broker == null) {
            throw new IllegalStateException("No broker runs");
          }
          return broker.id();
        });
  }

  /**
   * Has a broker forget all fetch sessions.
   *
   * @param brokerId which one, from 1
   */
  public void forgetFetchSessions(int brokerId) {
    run(() -> state.broker(brokerId).fetchSessions().clear());
  }

  /**
   * Deletes the records before an offset, as retention does.
   *
   * @param topic its name
   * @param partition its number
   * @param offset in the log
   */
  public void deleteRecordsBefore(String topic, int partition, long offset) {
    run(() -> state.topics().require(topic, partition).log().deleteBefore(offset));
  }

  /**
   * Loses the batches from an offset on, as an unclean election does, and begins a new epoch.
   *
   * @param topic its name
   * @param partition its number
   * @param offset in the log
   */
  public void loseRecordsFrom(String topic, int partition, long offset) {
    run(
        () -> {
          Partition lossy = state.topics().require(topic, partition);
          lossy.log().loseFrom(offset);
          state.topics().moveLeader(topic, partition, lossy.leader());
        });
  }

  /**
   * Refuses the next requests of an API without acting on them.
   *
   * @param api in Kafka's spelling, such as {@code Produce} or {@code JoinGroup}
   * @param error in Kafka's spelling, such as {@code NOT_LEADER_OR_FOLLOWER}
   * @param times how many requests
   */
  public void refuse(String api, String error, int times) {
    ApiKey apiKey = apiKey(api);
    ErrorCode code = ErrorCode.valueOf(error);
    run(() -> state.faults().refuse(apiKey, code, times));
  }

  /**
   * Acts on the next requests of an API, and breaks the connection instead of answering.
   *
   * @param api in Kafka's spelling, such as {@code Produce}
   * @param times how many requests
   */
  public void loseAnswers(String api, int times) {
    ApiKey apiKey = apiKey(api);
    run(() -> state.faults().loseAnswers(apiKey, times));
  }

  /**
   * Acts on the next requests of an API, and answers later.
   *
   * @param api in Kafka's spelling, such as {@code Produce}
   * @param delay how much later
   * @param times how many requests
   */
  public void delayAnswers(String api, Duration delay, int times) {
    ApiKey apiKey = apiKey(api);
    run(() -> state.faults().delayAnswers(apiKey, (int) delay.toMillis(), times));
  }

  /**
   * Asks clients to be quiet for a while, with the next answers of an API.
   *
   * @param api in Kafka's spelling, such as {@code Produce}
   * @param duration the time in each answer
   * @param times how many requests
   */
  public void throttle(String api, Duration duration, int times) {
    ApiKey apiKey = apiKey(api);
    run(() -> state.faults().throttle(apiKey, (int) duration.toMillis(), times));
  }

  /**
   * Gives producer ids from now on with this epoch, where a real cluster begins at 0.
   *
   * @param epoch from 0
   */
  public void giveProducerEpoch(short epoch) {
    run(() -> state.giveProducerEpoch(epoch));
  }

  /** Takes back what was ordered by refuse, loseAnswers, delayAnswers and throttle. */
  public void clearFaults() {
    run(() -> state.faults().clear());
  }

  /**
   * Speaks no version of an API above one, as older brokers; a negative one takes it away.
   *
   * @param api in Kafka's spelling, such as {@code Produce}
   * @param newestVersion the newest that is spoken
   */
  public void limitVersion(String api, int newestVersion) {
    ApiKey apiKey = apiKey(api);
    run(() -> state.versions().limit(apiKey, newestVersion));
  }

  /**
   * Appends a record to a log, as if a producer had sent it.
   *
   * @param topic its name
   * @param partition its number
   * @param key null for none
   * @param value null for a tombstone
   * @return its offset
   */
  public long append(String topic, int partition, byte @Nullable [] key, byte @Nullable [] value) {
    return host.call(
        () -> {
          Partition appended = state.topics().require(topic, partition);
          ByteBuffer batch = SingleRecord.batch(host.wallMillis(), key, value);
          PartitionLog.Result result = appended.log().append(batch, host.wallMillis());
          if (result.error() != ErrorCode.NONE) {
            throw result.error().exception(appended + ": " + result.message());
          }
          appended.wake();
          return result.baseOffset();
        });
  }

  /**
   * Returns the records in a partition's log.
   *
   * @param topic its name
   * @param partition its number
   * @return all that are there, the oldest first
   */
  public List<StoredRecord> records(String topic, int partition) {
    return host.call(() -> state.topics().require(topic, partition).log().records());
  }

  /**
   * Returns where a group will go on reading, empty where it has stored nothing.
   *
   * @param groupId its id
   * @param partition which one
   * @return the offset
   */
  public OptionalLong committedOffset(String groupId, TopicPartition partition) {
    return host.call(
        () -> {
          Group group = state.groups().find(groupId);
          CommittedOffset committed = group == null ? null : group.offsets().get(partition);
          return committed == null ? OptionalLong.empty() : OptionalLong.of(committed.offset());
        });
  }

  /** Stops all brokers and gives their ports back. */
  @Override
  public void close() {
    run(() -> state.brokers().forEach(FakeBroker::stop));
    if (host instanceof LoopbackHost loopback) {
      loopback.close();
    }
  }

  private void run(Runnable task) {
    host.call(
        () -> {
          task.run();
          return state;
        });
  }

  private static ApiKey apiKey(String api) {
    return ApiKey.valueOf(WORD_BOUNDARY.matcher(api).replaceAll("_").toUpperCase(Locale.ROOT));
  }
}

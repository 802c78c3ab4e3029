package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millstream.clients.consumer.ConsumersInSimulation;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.common.TopicPartition;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What a client says while it lives through something: little, and only what is new. */
class LoggingSimulationTest {

  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.millstream");

  @BeforeEach
  void listen() {
    said.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(said);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(said);
    logger.setLevel(null);
  }

  /** A consumer that has read what there is, in a world with three brokers. */
  private static final class World {

    final Simulation simulation = new Simulation(7, NetworkConditions.calm());
    final FakeCluster cluster;
    final KafkaConsumer<String, String> consumer;

    World() {
      this(false);
    }

    World(boolean autoCreateTopics) {
      cluster =
          FakeCluster.builder().brokers(3).autoCreateTopics(autoCreateTopics).startIn(simulation);
      cluster.createTopic("orders", 3);
      consumer =
          ConsumersInSimulation.create(
              Map.of(
                  "bootstrap.servers",
                  cluster.bootstrapServers(),
                  "group.id",
                  "readers",
                  "client.id",
                  "reader",
                  "key.deserializer",
                  StringDeserializer.class,
                  "value.deserializer",
                  StringDeserializer.class),
              simulation.environment("reader"));
      consumer.subscribe(List.of("orders"));
      poll(Duration.ofSeconds(10));
    }

    void poll(Duration time) {
      long endNanos = simulation.nanoTime() + time.toNanos();
      while (simulation.nanoTime() - endNanos < 0) {
        consumer.poll(Duration.ofMillis(500));
      }
    }
  }

  @Test
  void anOutageIsReportedNowAndThenAndItsEndOnce() {
    World world = new World();
    assertThat(takeSaid(Level.WARN)).as("nothing is wrong").isEmpty();

    world.cluster.append("orders", 0, null, new byte[3]);
    world.poll(Duration.ofSeconds(1));
    world.cluster.brokerIds().forEach(world.cluster::stopBroker);
    world.poll(Duration.ofMinutes(10));

    // Twice a minute of each of three brokers and three bootstrap servers, of metadata and commits.
    assertThat(takeSaid(Level.WARN))
        .hasSizeBetween(10, 175)
        .anyMatch(line -> line.contains("lost the connection for fetch"))
        .anyMatch(line -> line.contains("none of the known brokers answers"))
        .satisfiesOnlyOnce(
            line -> assertThat(line).contains("answered no heartbeat for 45 s; reading goes on"))
        .anyMatch(line -> line.contains("more like this since the last time"));

    world.cluster.brokerIds().forEach(world.cluster::startBroker);
    world.poll(Duration.ofMinutes(1));

    assertThat(takeSaid(Level.INFO))
        .hasSizeBetween(5, 25)
        .doesNotHaveDuplicates()
        .anyMatch(line -> line.contains("connected to") && line.endsWith("for fetch"))
        .anyMatch(line -> line.contains("connected to") && line.endsWith("for coordinator"))
        .as("the group is as it was")
        .noneMatch(line -> line.contains("joined as member"));
    world.consumer.close();
  }

  @Test
  void aMissingTopicIsReportedNowAndThenUntilItIsThere() {
    World world = new World();
    assertThat(takeSaid(Level.WARN)).isEmpty();
    world.consumer.subscribe(List.of("orders", "misspelt"));
    world.poll(Duration.ofMinutes(2));
    assertThat(takeSaid(Level.WARN))
        .hasSizeBetween(3, 5)
        .allMatch(line -> line.startsWith("reader: the topics [misspelt] do not exist"))
        .allMatch(line -> line.contains("subscribe()"));

    world.cluster.createTopic("misspelt", 1);
    world.poll(Duration.ofMinutes(1));
    assertThat(takeSaid(Level.WARN)).isEmpty();
    assertThat(world.consumer.assignment()).hasSize(4);
    world.consumer.close();
  }

  @Test
  void aTopicThatTheBrokersCreateIsNotReportedAsMissing() {
    World world = new World(true);
    world.consumer.subscribe(List.of("created"));
    world.poll(Duration.ofMinutes(1));
    assertThat(world.consumer.assignment()).isNotEmpty();
    assertThat(takeSaid(Level.WARN)).isEmpty();
    world.consumer.close();
  }

  @Test
  void closingBeforeTheFirstAnswerIsNothingToWarnOf() {
    World world = new World();
    world.consumer.unsubscribe();
    world.consumer.assign(List.of(new TopicPartition("orders", 0)));
    world.consumer.close();
    assertThat(takeSaid(Level.WARN)).isEmpty();
  }

  @Test
  void everyLineNamesItsClient() {
    World world = new World();
    for (int broker : world.cluster.brokerIds()) {
      world.cluster.moveLeader("orders", 0, broker);
      world.poll(Duration.ofSeconds(10));
    }
    world.simulation.cutAll();
    world.poll(Duration.ofSeconds(10));
    world.consumer.close();

    assertThat(takeSaid(Level.INFO))
        .allMatch(line -> line.startsWith("reader"))
        .anyMatch(line -> line.startsWith("reader: the leader of orders-0 moved from "))
        .anyMatch(line -> line.startsWith("reader in group readers: was given "))
        .anyMatch(line -> line.startsWith("reader in group readers: member "));
  }

  @Test
  void ofManyLeadersThatMoveAtOnceTheFirstAreNamed() {
    World world = new World();
    world.cluster.createTopic("wide", 300);
    world.consumer.subscribe(List.of("wide"));
    world.poll(Duration.ofSeconds(20));
    takeSaid(Level.INFO);

    world.cluster.stopBroker(world.cluster.leader("wide", 0));
    world.poll(Duration.ofSeconds(20));

    assertThat(takeSaid(Level.INFO).stream().filter(line -> line.contains("leader")))
        .hasSizeBetween(2, 60)
        .anyMatch(line -> line.startsWith("reader: the leader of wide-"))
        .anyMatch(line -> line.contains(" more leaders moved"));
    world.consumer.close();
  }

  @Test
  void connectionsThatBreakAllTheTimeDoNotFillTheLog() {
    World world = new World();
    takeSaid(Level.INFO);

    world.cluster.loseAnswers("Fetch", 100_000);
    world.poll(Duration.ofMinutes(2));

    List<String> lines = takeSaid(Level.INFO);
    assertThat(lines)
        .hasSizeBetween(10, 70)
        .as("its coordinator is still there")
        .noneMatch(line -> line.contains("coordinator"));
    world.cluster.clearFaults();
    world.consumer.close();
  }

  @Test
  void fetchesThatAreRefusedAllTheTimeDoNotFillTheLog() {
    World world = new World();
    takeSaid(Level.INFO);

    world.cluster.refuse("Fetch", "UNKNOWN_SERVER_ERROR", 100_000);
    world.poll(Duration.ofMinutes(2));

    assertThat(takeSaid(Level.INFO))
        .hasSizeBetween(3, 20)
        .anyMatch(line -> line.contains("answered UNKNOWN_SERVER_ERROR to a fetch"));
    world.cluster.clearFaults();
    world.consumer.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Metadata, UNKNOWN_SERVER_ERROR",
    "FindCoordinator, COORDINATOR_NOT_AVAILABLE",
    "JoinGroup, COORDINATOR_LOAD_IN_PROGRESS",
    "JoinGroup, NOT_COORDINATOR",
    "JoinGroup, UNKNOWN_MEMBER_ID",
    "SyncGroup, UNKNOWN_MEMBER_ID",
    "Heartbeat, NOT_COORDINATOR",
    "Heartbeat, UNKNOWN_MEMBER_ID",
    "OffsetCommit, NOT_COORDINATOR",
    "OffsetCommit, UNKNOWN_SERVER_ERROR",
    "OffsetFetch, NOT_COORDINATOR",
    "ListOffsets, NOT_LEADER_OR_FOLLOWER"
  })
  void errorsThatAreAnsweredAllTheTimeDoNotFillTheLog(String api, String error) {
    World world = new World();
    takeSaid(Level.INFO);

    world.cluster.refuse(api, error, 100_000);
    world.cluster.append("orders", 0, null, new byte[3]);
    if (!api.equals("OffsetCommit") && !api.equals("Heartbeat")) {
      world.simulation.cutAll();
      world.cluster.refuse("Heartbeat", "UNKNOWN_MEMBER_ID", 1);
    }
    world.poll(Duration.ofMinutes(2));

    assertThat(takeSaid(Level.INFO)).hasSizeLessThan(60);
    world.cluster.clearFaults();
    world.consumer.close();
  }

  /**
   * A real coordinator waits for the others before it answers; one that does not must not be
   * hurried.
   */
  @Test
  void aMemberThatIsSentAwayAtEachSyncPausesBeforeItJoinsAgain() {
    World world = new World();
    takeSaid(Level.INFO);

    world.cluster.refuse("SyncGroup", "REBALANCE_IN_PROGRESS", 100_000);
    world.cluster.refuse("Heartbeat", "UNKNOWN_MEMBER_ID", 1);
    world.poll(Duration.ofMinutes(2));

    assertThat(takeSaid(Level.INFO)).hasSizeBetween(60, 200);
    world.cluster.clearFaults();
    world.consumer.close();
  }

  /** Returns what was said since the last time, without a stack trace anywhere. */
  private List<String> takeSaid(Level leastLevel) {
    assertThat(said.list).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
    List<String> lines =
        said.list.stream()
            .filter(line -> line.getLevel().isGreaterOrEqual(leastLevel))
            .map(ILoggingEvent::getFormattedMessage)
            .toList();
    said.list.clear();
    return lines;
  }
}

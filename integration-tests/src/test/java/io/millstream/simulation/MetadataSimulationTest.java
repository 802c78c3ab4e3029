package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.cluster.ClusterClient;
import io.millstream.cluster.ClusterView;
import io.millstream.cluster.Deadline;
import io.millstream.cluster.MetadataSettings;
import io.millstream.cluster.Outcome;
import io.millstream.cluster.PartitionView;
import io.millstream.cluster.Route;
import io.millstream.cluster.RoutedRequest;
import io.millstream.common.Uuid;
import io.millstream.network.BrokerAddress;
import io.millstream.network.NetworkSettings;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.ListOffsetsRequest;
import io.millstream.protocol.ListOffsetsRequest.ListOffsetsPartition;
import io.millstream.protocol.ListOffsetsRequest.ListOffsetsTopic;
import io.millstream.protocol.ListOffsetsResponse;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one client knows of a cluster that changes, on a calm network. */
class MetadataSimulationTest {

  private static final String TOPIC = "orders";
  private static final Pattern HOST = Pattern.compile("[^,:]+(?=:)");

  private final Simulation simulation = new Simulation(11, NetworkConditions.calm());
  private final FakeCluster cluster = FakeCluster.builder().brokers(3).startIn(simulation);
  private final RenamedEnvironment environment =
      new RenamedEnvironment(simulation.environment("client"));
  private final ClusterClient client =
      ClusterClient.create(
          environment,
          NetworkSettings.defaults("client"),
          MetadataSettings.defaults(
              List.of(
                  new BrokerAddress(-1, "broker-1", 9092),
                  new BrokerAddress(-2, "broker-2", 9092))));

  @BeforeEach
  void begin() {
    cluster.createTopic(TOPIC, 1);
    client.start();
    client.loop().execute(() -> client.metadata().want(TOPIC));
  }

  @AfterEach
  void end() {
    client.loop().shutdown();
    assertThat(simulation.runUntil(client.loop()::ended, Duration.ofSeconds(1))).isTrue();
  }

  /** Asks the leader for the end of the log, and waits for the answer. */
  private ErrorCode askLeader(Duration patience) {
    ErrorCode[] answer = new ErrorCode[1];
    RuntimeException[] failure = new RuntimeException[1];
    client
        .loop()
        .execute(
            () ->
                client
                    .router()
                    .send(
                        RoutedRequest.of(
                            Route.leader(TOPIC, 0),
                            ListOffsetsRequest.defaults()
                                .withReplicaId(-1)
                                .withTopics(
                                    List.of(
                                        new ListOffsetsTopic(
                                            TOPIC, List.of(new ListOffsetsPartition(0, -1, -1))))),
                            MetadataSimulationTest::error,
                            Deadline.after(patience, environment.clock())),
                        new Outcome<ListOffsetsResponse>() {
                          @Override
                          public void succeeded(ListOffsetsResponse response, short version) {
                            answer[0] = error(response);
                          }

                          @Override
                          public void failed(RuntimeException exception) {
                            failure[0] = exception;
                          }
                        }));
    simulation.runUntil(
        () -> answer[0] != null || failure[0] != null, patience.plus(Duration.ofSeconds(1)));
    if (failure[0] != null) {
      throw failure[0];
    }
    return Objects.requireNonNull(answer[0], "no answer");
  }

  private static ErrorCode error(ListOffsetsResponse response) {
    return ErrorCode.of(response.topics().get(0).partitions().get(0).errorCode());
  }

  private ClusterView view() {
    return client.metadata().view();
  }

  private PartitionView partition() {
    return Objects.requireNonNull(view().partition(TOPIC, 0));
  }

  private int otherThan(int leader) {
    return leader % 3 + 1;
  }

  @Test
  void aMovedLeaderIsNoticedByAgeThoughNobodyAsksIt() {
    askLeader(Duration.ofSeconds(5));
    int before = partition().leaderId();
    cluster.moveLeader(TOPIC, 0, otherThan(before));

    simulation.run(Duration.ofMinutes(4));
    assertThat(partition().leaderId()).isEqualTo(before);
    simulation.run(Duration.ofMinutes(2));

    assertThat(partition().leaderId()).isEqualTo(otherThan(before));
  }

  @Test
  void aMovedLeaderIsNoticedAtOnceWhenTheOldOneIsGone() {
    askLeader(Duration.ofSeconds(5));
    int before = partition().leaderId();
    cluster.moveLeader(TOPIC, 0, otherThan(before));

    cluster.stopBroker(before);
    simulation.run(Duration.ofSeconds(5));

    assertThat(partition().leaderId()).isEqualTo(otherThan(before));
  }

  @Test
  void aMovedLeaderIsNoticedAtOnceWhenTheOldOneIsAsked() {
    askLeader(Duration.ofSeconds(5));
    int before = partition().leaderId();
    int epoch = partition().leaderEpoch();
    cluster.moveLeader(TOPIC, 0, otherThan(before));

    assertThat(askLeader(Duration.ofSeconds(5))).isEqualTo(ErrorCode.NONE);

    assertThat(partition().leaderId()).isEqualTo(otherThan(before));
    assertThat(partition().leaderEpoch()).isGreaterThan(epoch);
  }

  @Test
  void aTopicThatIsCreatedAgainIsNoticedByItsIdThoughItsLeaderEpochsBeginAnew() {
    askLeader(Duration.ofSeconds(5));
    cluster.moveLeader(TOPIC, 0, otherThan(partition().leaderId()));
    assertThat(askLeader(Duration.ofSeconds(5))).isEqualTo(ErrorCode.NONE);
    Uuid before = Objects.requireNonNull(view().topic(TOPIC)).topicId();
    int epoch = partition().leaderEpoch();

    cluster.deleteTopic(TOPIC);
    cluster.createTopic(TOPIC, 1);
    simulation.run(Duration.ofMinutes(6));

    assertThat(Objects.requireNonNull(view().topic(TOPIC)).topicId()).isNotEqualTo(before);
    assertThat(partition().leaderEpoch()).isLessThan(epoch);
    assertThat(askLeader(Duration.ofSeconds(5))).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void bootstrapServersWhoseNamesDoNotResolveAtTheStartAreTriedUntilTheyDo() {
    environment.names().put("broker-1", "");
    environment.names().put("broker-2", "");
    simulation.run(Duration.ofMinutes(10));
    assertThat(view().brokers()).isEmpty();
    assertThat(client.metadata().difficulty())
        .containsPattern("The name broker-[12] of bootstrap server .* cannot be resolved")
        .contains("bootstrap.servers");

    environment.names().clear();

    assertThat(askLeader(Duration.ofSeconds(5))).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void whereTheServersBelongToAnotherClusterNowTheClientGoesOnWithIt() {
    askLeader(Duration.ofSeconds(5));
    String before = view().clusterId();
    FakeCluster other = FakeCluster.builder().brokers(3).startIn(simulation);
    other.createTopic(TOPIC, 1);
    pointNamesTo(other);

    assertThat(askLeader(Duration.ofSeconds(30))).isEqualTo(ErrorCode.NONE);

    assertThat(view().clusterId()).isNotNull().isNotEqualTo(before);
    assertThat(view().brokers())
        .extracting(BrokerAddress::host)
        .allMatch(host -> other.bootstrapServers().contains(host));
  }

  @Test
  void anotherClusterIsNoticedByItsMetadataWhereBrokersDoNotCheckAndTopicsHaveNoId() {
    cluster.limitVersion("Metadata", 9);
    askLeader(Duration.ofSeconds(5));
    cluster.moveLeader(TOPIC, 0, otherThan(partition().leaderId()));
    assertThat(askLeader(Duration.ofSeconds(5))).isEqualTo(ErrorCode.NONE);
    String before = view().clusterId();
    int epoch = partition().leaderEpoch();
    FakeCluster other = FakeCluster.builder().brokers(3).startIn(simulation);
    other.limitVersion("ApiVersions", 4);
    other.limitVersion("Metadata", 9);
    other.createTopic(TOPIC, 1);
    pointNamesTo(other);
    simulation.run(Duration.ofMinutes(6));

    assertThat(askLeader(Duration.ofSeconds(30))).isEqualTo(ErrorCode.NONE);

    assertThat(view().clusterId()).isNotNull().isNotEqualTo(before);
    assertThat(partition().leaderEpoch()).isLessThan(epoch);
  }

  /** As when machines get new addresses: the old brokers are gone, others answer to their names. */
  private void pointNamesTo(FakeCluster other) {
    List<String> hosts =
        HOST.matcher(other.bootstrapServers()).results().map(MatchResult::group).toList();
    for (int id : cluster.brokerIds()) {
      environment.names().put("broker-" + id, hosts.get(id - 1));
      cluster.stopBroker(id);
    }
  }

  @Test
  void aBrokerThatIsFoundAtTheAddressOfAnotherIsNotTakenForIt() {
    askLeader(Duration.ofSeconds(5));
    int leader = partition().leaderId();
    environment.names().put("broker-" + leader, "broker-" + otherThan(leader));
    simulation.cutAll();

    assertThat(askLeaderInVain(Duration.ofSeconds(20)))
        .hasMessageContaining("broker " + leader)
        .hasMessageContaining("is not the broker, or not of the cluster, that was expected");

    environment.names().clear();
    assertThat(askLeader(Duration.ofSeconds(30))).isEqualTo(ErrorCode.NONE);
  }

  private RuntimeException askLeaderInVain(Duration patience) {
    try {
      askLeader(patience);
    } catch (RuntimeException e) {
      return e;
    }
    throw new AssertionError("answered");
  }
}

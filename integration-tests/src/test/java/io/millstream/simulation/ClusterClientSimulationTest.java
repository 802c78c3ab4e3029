package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.cluster.ClusterClient;
import io.millstream.cluster.Deadline;
import io.millstream.cluster.MetadataSettings;
import io.millstream.cluster.Outcome;
import io.millstream.cluster.Route;
import io.millstream.cluster.RoutedRequest;
import io.millstream.common.errors.TimeoutException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Connections, metadata and routing of one client over a network that does its worst. */
class ClusterClientSimulationTest {

  private static final String TOPIC = "orders";
  private static final int PARTITIONS = 3;
  private static final Duration REQUEST_TIME = Duration.ofMinutes(2);

  /** A client in a world with three brokers. */
  static final class World {

    final Simulation simulation;
    final FakeCluster cluster;
    final ClusterClient client;
    final SplittableRandom random;

    World(long seed, NetworkConditions conditions) {
      simulation = new Simulation(seed, conditions);
      cluster = FakeCluster.builder().brokers(3).withDelays().startIn(simulation);
      cluster.createTopic(TOPIC, PARTITIONS);
      random = new SplittableRandom(~seed);
      List<BrokerAddress> bootstrap = new ArrayList<>();
      for (int id : cluster.brokerIds()) {
        bootstrap.add(new BrokerAddress(-id, "broker-" + id, 9092));
      }
      client =
          ClusterClient.create(
              simulation.environment("client"),
              NetworkSettings.defaults("client"),
              MetadataSettings.defaults(bootstrap));
      client.start();
      client.loop().execute(() -> client.metadata().want(TOPIC));
    }

    Asked ask(int partition) {
      Asked asked = new Asked(partition);
      client
          .loop()
          .execute(
              () ->
                  client
                      .router()
                      .send(
                          RoutedRequest.of(
                              Route.leader(TOPIC, partition),
                              latestOffset(partition),
                              World::error,
                              Deadline.after(REQUEST_TIME, client.loop().environment().clock())),
                          asked));
      return asked;
    }

    private static ListOffsetsRequest latestOffset(int partition) {
      return ListOffsetsRequest.defaults()
          .withReplicaId(-1)
          .withTopics(
              List.of(
                  new ListOffsetsTopic(
                      TOPIC, List.of(new ListOffsetsPartition(partition, -1, -1)))));
    }

    private static ErrorCode error(ListOffsetsResponse response) {
      return ErrorCode.of(response.topics().get(0).partitions().get(0).errorCode());
    }

    /** Does something nasty, or nothing. */
    void disturb() {
      int broker = 1 + random.nextInt(3);
      switch (random.nextInt(8)) {
        case 0 -> cluster.stopBroker(broker);
        case 1, 2 -> cluster.brokerIds().forEach(cluster::startBroker);
        case 3 -> cluster.freezeBroker(broker);
        case 4 -> cluster.brokerIds().forEach(cluster::continueBroker);
        case 5 -> simulation.cutAll();
        case 6 -> cluster.refuse("ListOffsets", "NOT_LEADER_OR_FOLLOWER", random.nextInt(3));
        default -> cluster.loseAnswers("Metadata", random.nextInt(2));
      }
    }

    void heal() {
      cluster.clearFaults();
      cluster.brokerIds().forEach(cluster::startBroker);
      cluster.brokerIds().forEach(cluster::continueBroker);
      simulation.conditions(NetworkConditions.calm());
    }

    void close() {
      client.loop().shutdown();
      assertThat(simulation.runUntil(client.loop()::ended, Duration.ofSeconds(1)))
          .as("the loop ends")
          .isTrue();
    }
  }

  /** A request and how it ended. */
  static final class Asked implements Outcome<ListOffsetsResponse> {

    final int partition;
    int ends;
    ListOffsetsResponse response;
    RuntimeException failure;

    Asked(int partition) {
      this.partition = partition;
    }

    @Override
    public void succeeded(ListOffsetsResponse answer, short version) {
      ends++;
      response = answer;
    }

    @Override
    public void failed(RuntimeException exception) {
      ends++;
      failure = exception;
    }
  }

  @Test
  void leaderAnswersOnCalmNetwork() {
    Seeds.forEach(
        getClass(),
        50,
        seed -> {
          World world = new World(seed, NetworkConditions.calm());
          for (int partition = 0; partition < PARTITIONS; partition++) {
            Asked asked = world.ask(partition);
            assertThat(world.simulation.runUntil(() -> asked.ends > 0, Duration.ofSeconds(5)))
                .as("answered in time")
                .isTrue();
            assertThat(asked.failure).isNull();
            assertThat(asked.response.topics().get(0).partitions().get(0).offset()).isZero();
          }
          world.close();
        });
  }

  @Test
  void eachRequestEndsOnceHoweverBadTheNetworkIs() {
    Seeds.forEach(
        getClass(),
        400,
        seed -> {
          World world =
              new World(
                  seed, seed % 2 == 0 ? NetworkConditions.rough() : NetworkConditions.stormy());
          List<Asked> all = new ArrayList<>();
          for (int i = 0; i < 20; i++) {
            world.disturb();
            all.add(world.ask(world.random.nextInt(PARTITIONS)));
            world.simulation.run(Duration.ofMillis(world.random.nextInt(3000)));
          }
          world.heal();
          Asked last = world.ask(0);
          assertThat(world.simulation.runUntil(() -> last.ends > 0, Duration.ofSeconds(60)))
              .as("answered soon after all is well again")
              .isTrue();
          assertThat(last.failure).isNull();
          world.simulation.run(REQUEST_TIME);
          assertThat(all).allMatch(asked -> asked.ends == 1, "has ended once");
          world.close();
        });
  }

  @Test
  void clientWithoutAnyBrokerFailsItsRequestsAtTheirDeadline() {
    Seeds.forEach(
        getClass(),
        50,
        seed -> {
          World world = new World(seed, NetworkConditions.calm());
          world.cluster.brokerIds().forEach(world.cluster::stopBroker);
          Asked asked = world.ask(0);
          world.simulation.run(REQUEST_TIME.plusSeconds(1));
          assertThat(asked.ends).isEqualTo(1);
          assertThat(asked.failure)
              .isInstanceOf(TimeoutException.class)
              .hasMessageContaining("broker-");
          world.close();
        });
  }
}

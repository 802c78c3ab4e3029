package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.testing.fake.FakeCluster;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings of metadata do. */
class MetadataSettingsTest {

  private static final String METADATA_ASKED = " METADATA \\d+ asked";

  private final SettingsWorld world = new SettingsWorld();

  @ParameterizedTest
  @ValueSource(ints = {2_000, 30_000})
  @ShowsEffectOf("metadata.max.age.ms")
  void metadataIsAskedForAnewWhenItIsOld(int millis) {
    world.readyProducer("metadata.max.age.ms", millis);
    world.run(millis * 5L);
    assertThat(world.gaps(METADATA_ASKED))
        .hasSizeGreaterThan(2)
        .allMatch(gap -> gap >= millis - 20 && gap <= millis + 20);
  }

  @ParameterizedTest
  @CsvSource({"5000, true", "60000, false"})
  @ShowsEffectOf("metadata.max.idle.ms")
  void topicThatIsNotSentToIsForgotten(int idleMillis, boolean forgotten) {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer("metadata.max.idle.ms", idleMillis, "metadata.max.age.ms", 4_000);
    world.run(15_000);
    world.begin();
    producer.partitionsFor(SettingsWorld.TOPIC);
    assertThat(world.moments(METADATA_ASKED)).hasSize(forgotten ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"rebootstrap, true", "none, false"})
  @ShowsEffectOf("metadata.recovery.strategy")
  void whereNoBrokerIsLeftTheServersToBeginWithAreAskedAgain(String strategy, boolean found) {
    Move move = new Move("metadata.recovery.strategy", strategy);
    world.cluster.brokerIds().forEach(world.cluster::stopBroker);
    world.send(move.producer, 0, new byte[1]);
    world.run(60_000);
    assertThat(move.other.records(SettingsWorld.TOPIC, 0)).hasSize(found ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"3000, true", "100000, false"})
  @ShowsEffectOf("metadata.recovery.rebootstrap.trigger.ms")
  void whereBrokersDoNotAnswerForLongTheServersToBeginWithAreAskedAgain(int millis, boolean found) {
    Move move = new Move("metadata.recovery.rebootstrap.trigger.ms", millis);
    world.cluster.brokerIds().forEach(world.cluster::freezeBroker);
    world.send(move.producer, 0, new byte[1]);
    // One of three has not been asked in vain yet.
    world.run(14_000);
    String host = move.other.bootstrapServers().replace(":9092", "");
    assertThat(world.moments(" connected " + host + "$").isEmpty()).isEqualTo(!found);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @ShowsEffectOf("metadata.cluster.check.enable")
  void brokersOfAnotherClusterAreNotTakenForTheKnownOnesWhereThatIsChecked(boolean checked) {
    RenamedEnvironment environment =
        new RenamedEnvironment(world.simulation.environment("producer"));
    environment.names().put("start", "broker-1");
    KafkaProducer<byte[], byte[]> producer =
        world.producer(
            environment,
            "bootstrap.servers",
            "start:9092",
            "metadata.cluster.check.enable",
            checked);
    world.send(producer, 0, new byte[1]);
    producer.flush();
    FakeCluster other = FakeCluster.builder().brokers(3).startIn(world.simulation);
    other.createTopic(SettingsWorld.TOPIC, SettingsWorld.PARTITIONS);
    String[] hosts = other.bootstrapServers().replace(":9092", "").split(",", -1);
    for (int id : world.cluster.brokerIds()) {
      environment.names().put("broker-" + id, hosts[id - 1]);
      world.cluster.stopBroker(id);
    }
    // Nowhere, so that a producer that begins anew is stuck.
    environment.names().put("start", "");
    world.begin();
    world.send(producer, 0, new byte[1]);
    world.run(60_000);
    assertThat(world.acknowledged).isEqualTo(checked ? 0 : 1);
  }

  /** The name of the server to begin with leads to another cluster after a while. */
  private final class Move {

    private final FakeCluster other;
    private final KafkaProducer<byte[], byte[]> producer;

    Move(String key, Object value) {
      RenamedEnvironment environment =
          new RenamedEnvironment(world.simulation.environment("producer"));
      environment.names().put("start", "broker-1");
      producer =
          world.producer(
              environment,
              "bootstrap.servers",
              "start:9092",
              "request.timeout.ms",
              5_000,
              "metadata.max.age.ms",
              500,
              "connections.max.idle.ms",
              2_000,
              key,
              value);
      world.send(producer, 0, new byte[1]);
      producer.flush();
      other = FakeCluster.builder().brokers(1).startIn(world.simulation);
      other.createTopic(SettingsWorld.TOPIC, SettingsWorld.PARTITIONS);
      environment.names().put("start", other.bootstrapServers().replace(":9092", ""));
      // Until the connection to begin with is closed, for it is not needed any more.
      world.run(3_000);
      world.begin();
    }
  }
}

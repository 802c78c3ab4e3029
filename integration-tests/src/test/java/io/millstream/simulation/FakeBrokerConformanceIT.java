package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.Uuid;
import io.millstream.network.BrokerAddress;
import io.millstream.network.SystemEnvironment;
import io.millstream.protocol.CreateTopicsRequest;
import io.millstream.protocol.CreateTopicsRequest.CreatableTopic;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The fake broker answers as a real one does, wherever the answer is not its free choice. */
class FakeBrokerConformanceIT {

  private static KafkaCluster real;

  @BeforeAll
  static void start() {
    real = KafkaCluster.builder(KafkaVersion.V4_4_0).start();
  }

  @AfterAll
  static void stop() {
    real.close();
  }

  private static Dialogue withReal() {
    return new Dialogue(
        new SystemEnvironment("dialogue"),
        new BrokerAddress(-1, "127.0.0.1", real.broker(1).port()));
  }

  private static Dialogue withFake() {
    Simulation simulation = new Simulation(1, NetworkConditions.calm());
    FakeCluster.builder().startIn(simulation);
    return new Dialogue(
        simulation.environment("dialogue"), new BrokerAddress(-1, "broker-1", 9092));
  }

  @Test
  void logsAreWrittenAndReadAsByRealBroker() {
    List<String> expected;
    try (Dialogue dialogue = withReal()) {
      expected = new LogScenario(dialogue).run();
    }
    try (Dialogue dialogue = withFake()) {
      assertThat(new LogScenario(dialogue).run()).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void batchesAreRefusedAndTransactionsRunAsByRealBroker() {
    List<String> expected;
    try (Dialogue dialogue = withReal()) {
      expected = new ProduceScenario(dialogue).run();
    }
    try (Dialogue dialogue = withFake()) {
      assertThat(new ProduceScenario(dialogue).run()).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void groupsAreCoordinatedAsByRealBroker() {
    List<String> expected;
    try (Dialogue dialogue = withReal()) {
      expected = new GroupScenario(dialogue, "read", topic(dialogue)).run();
    }
    try (Dialogue dialogue = withFake()) {
      assertThat(new GroupScenario(dialogue, "read", topic(dialogue)).run())
          .containsExactlyElementsOf(expected);
    }
  }

  private static Uuid topic(Dialogue dialogue) {
    CreatableTopic topic =
        CreatableTopic.defaults()
            .withName("read")
            .withNumPartitions(2)
            .withReplicationFactor((short) 1);
    return dialogue
        .ask(CreateTopicsRequest.defaults().withTopics(List.of(topic)))
        .topics()
        .get(0)
        .topicId();
  }
}

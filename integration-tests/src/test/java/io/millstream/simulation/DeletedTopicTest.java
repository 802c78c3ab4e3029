package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerConfig;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.serialization.ByteArraySerializer;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a producer says of a topic that is deleted while it sends. */
class DeletedTopicTest {

  private static final String TOPIC = "sent";

  private final Simulation simulation = new Simulation(1, NetworkConditions.calm());
  private final FakeCluster cluster =
      FakeCluster.builder().brokers(1).autoCreateTopics(false).startIn(simulation);
  private final KafkaProducer<String, byte[]> producer =
      SimulatedProducers.create(
          Map.of(
              ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
              cluster.bootstrapServers(),
              ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
              StringSerializer.class,
              ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
              ByteArraySerializer.class),
          simulation.environment("sender"));

  @BeforeEach
  void createTopic() {
    Seeds.silence();
    cluster.createTopic(TOPIC, 1);
  }

  private Future<?> send() {
    return producer.send(new ProducerRecord<>(TOPIC, new byte[10]));
  }

  private static void assertSaysThatThereIsNoSuchTopic(Future<?> sent) {
    assertThatThrownBy(sent::get)
        .hasRootCauseInstanceOf(TimeoutException.class)
        .hasMessageContainingAll("UNKNOWN_TOPIC_OR_PARTITION", "create the topic");
  }

  @Test
  void recordsThatWereOnTheirWayAndThoseBehindSayThatItIsNotThere() throws Exception {
    send().get();
    cluster.deleteTopic(TOPIC);
    Future<?> onItsWay = send();
    Future<?> behind = send();

    assertSaysThatThereIsNoSuchTopic(onItsWay);
    assertSaysThatThereIsNoSuchTopic(behind);
    producer.close();
  }
}

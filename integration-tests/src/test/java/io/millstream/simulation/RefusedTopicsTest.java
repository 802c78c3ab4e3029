package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.consumer.ConsumersInSimulation;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.GroupAuthorizationException;
import io.millstream.common.errors.InvalidTopicException;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a consumer says of topics that the cluster refuses. */
class RefusedTopicsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
  private static final TopicPartition BAD = new TopicPartition("no:such", 0);

  private final Simulation simulation = new Simulation(1, NetworkConditions.calm());
  private final FakeCluster cluster =
      FakeCluster.builder().autoCreateTopics(false).startIn(simulation);
  private final KafkaConsumer<String, String> consumer =
      ConsumersInSimulation.create(
          Map.of(
              "bootstrap.servers",
              cluster.bootstrapServers(),
              "group.id",
              "readers",
              "auto.offset.reset",
              "earliest",
              "key.deserializer",
              StringDeserializer.class,
              "value.deserializer",
              StringDeserializer.class),
          simulation.environment("consumer"));

  @BeforeEach
  void createTopic() {
    Seeds.silence();
    cluster.createTopic(ORDERS.topic(), 1);
    cluster.append(ORDERS.topic(), 0, null, "one".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void pollThrowsThatAnAssignedTopicMustNotBeRead() {
    cluster.refuse("Metadata", "TOPIC_AUTHORIZATION_FAILED", 1_000);
    consumer.assign(List.of(ORDERS));
    consumer.seek(ORDERS, 0);

    assertThatThrownBy(() -> consumer.poll(MINUTE))
        .isInstanceOfSatisfying(
            TopicAuthorizationException.class,
            e -> assertThat(e.unauthorizedTopics()).containsExactly("orders"))
        .hasMessageContaining("orders")
        .hasMessageContaining("READ");

    cluster.clearFaults();
    assertThat(consumer.poll(MINUTE).count()).as("once it may be read").isOne();
  }

  @Test
  void partitionsForThrowsThatATopicMustNotBeKnown() {
    cluster.refuse("Metadata", "TOPIC_AUTHORIZATION_FAILED", 1_000);
    assertThatThrownBy(() -> consumer.partitionsFor("orders", MINUTE))
        .isInstanceOfSatisfying(
            TopicAuthorizationException.class,
            e -> assertThat(e.unauthorizedTopics()).containsExactly("orders"))
        .hasMessageContaining("orders")
        .hasMessageContaining("allowed to describe");

    cluster.clearFaults();
    assertThat(consumer.partitionsFor("orders", MINUTE)).hasSize(1);
  }

  @Test
  void pollThrowsThatASubscribedTopicMustNotBeRead() {
    cluster.refuse("Metadata", "TOPIC_AUTHORIZATION_FAILED", 1_000);
    consumer.subscribe(List.of("orders"));

    assertThatThrownBy(() -> consumer.poll(MINUTE))
        .isInstanceOf(TopicAuthorizationException.class)
        .hasMessageContaining("orders");
    assertThatThrownBy(() -> consumer.poll(MINUTE))
        .as("as long as that is so")
        .isInstanceOf(TopicAuthorizationException.class);

    cluster.clearFaults();
    assertThat(read(1)).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"FindCoordinator", "JoinGroup", "SyncGroup", "Heartbeat", "OffsetFetch"})
  void pollThrowsThatTheGroupMustNotBeUsedAndGoesOnOnceItMay(String api) {
    cluster.refuse(api, "GROUP_AUTHORIZATION_FAILED", 1_000);
    consumer.subscribe(List.of("orders"));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  consumer.poll(MINUTE);
                }
              })
          .isInstanceOfSatisfying(
              GroupAuthorizationException.class, e -> assertThat(e.groupId()).isEqualTo("readers"))
          .hasMessageContaining("readers");
    }

    cluster.clearFaults();
    cluster.append(ORDERS.topic(), 0, null, "two".getBytes(StandardCharsets.UTF_8));
    assertThat(read(1)).isPositive();
  }

  @Test
  void pollThrowsThatANameIsNotAllowedAndGoesOnWithTheOthers() {
    consumer.subscribe(List.of("orders", BAD.topic()));

    assertThatThrownBy(() -> consumer.poll(MINUTE))
        .isInstanceOfSatisfying(
            InvalidTopicException.class,
            e -> assertThat(e.invalidTopics()).containsExactly(BAD.topic()))
        .hasMessageContaining(BAD.topic())
        .hasMessageContaining("249");
    consumer.subscribe(List.of("orders"));
    assertThat(read(1)).isOne();
  }

  @Test
  void positionThrowsAtOnceWhereTheTopicIsRefused() {
    consumer.assign(List.of(BAD));

    long before = simulation.nanoTime();
    assertThatThrownBy(() -> consumer.position(BAD, MINUTE))
        .isInstanceOf(InvalidTopicException.class)
        .hasMessageContaining(BAD.topic());
    assertThat(simulation.nanoTime() - before).isLessThan(Duration.ofSeconds(5).toNanos());
  }

  @Test
  void aRefusedTopicOfTenPartitionsIsToldOnceForEachAnswer() {
    consumer.assign(
        java.util.stream.IntStream.range(0, 10)
            .mapToObj(partition -> new TopicPartition(BAD.topic(), partition))
            .toList());
    assertThatThrownBy(() -> consumer.poll(MINUTE)).isInstanceOf(InvalidTopicException.class);
    assertThat(consumer.poll(Duration.ofMillis(10)).isEmpty()).isTrue();
  }

  @Test
  void nothingIsToldOfATopicThatIsNoLongerSubscribed() {
    consumer.assign(List.of(BAD));
    assertThat(consumer.poll(Duration.ZERO).isEmpty()).isTrue();
    simulation.run(Duration.ofSeconds(5));
    consumer.unsubscribe();
    consumer.assign(List.of(ORDERS));
    assertThat(consumer.poll(MINUTE).count()).isOne();
  }

  @Test
  void failuresThatWereNotPolledForDoNotPileUp() {
    cluster.createTopic("many", 20);
    consumer.assign(
        java.util.stream.IntStream.range(0, 20)
            .mapToObj(partition -> new TopicPartition("many", partition))
            .toList());
    consumer.seekToBeginning(List.of());
    cluster.refuse("ListOffsets", "TOPIC_AUTHORIZATION_FAILED", 100);
    assertThat(consumer.poll(Duration.ZERO).isEmpty()).isTrue();
    simulation.run(Duration.ofMinutes(3));
    cluster.clearFaults();
    simulation.run(Duration.ofSeconds(5));

    int failures = 0;
    while (failures < 50) {
      try {
        consumer.poll(Duration.ofMillis(100));
        break;
      } catch (TopicAuthorizationException e) {
        failures++;
      }
    }
    assertThat(failures).isOne();
  }

  private int read(int wanted) {
    long deadline = simulation.nanoTime() + MINUTE.toNanos();
    int read = 0;
    while (read < wanted && simulation.nanoTime() < deadline) {
      try {
        read += consumer.poll(Duration.ofSeconds(1)).count();
      } catch (TopicAuthorizationException | InvalidTopicException e) {
        // Told before it was mended.
      }
    }
    return read;
  }
}

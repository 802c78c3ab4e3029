package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.consumer.ConsumerRebalanceListener;
import io.millstream.clients.consumer.ConsumersInSimulation;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.clients.consumer.RetriableCommitFailedException;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.FencedInstanceIdException;
import io.millstream.common.errors.UnknownTopicIdException;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups whose coordinator vanishes, whose members change their minds, whose topics go. */
class GroupTroubleTest {

  private static final Duration SHORT = Duration.ofMillis(100);
  private static final TopicPartition A0 = new TopicPartition("a", 0);
  private static final TopicPartition GONE = new TopicPartition("gone", 0);

  private final Simulation simulation = new Simulation(1, NetworkConditions.calm());
  private final FakeCluster cluster =
      FakeCluster.builder().brokers(3).autoCreateTopics(false).startIn(simulation);
  private final List<String> rebalances = new ArrayList<>();
  private final ConsumerRebalanceListener listener =
      new ConsumerRebalanceListener() {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
          rebalances.add("revoked " + partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
          rebalances.add("assigned " + partitions);
        }
      };

  private final KafkaConsumer<String, String> one = consumer("one", Map.of());

  private KafkaConsumer<String, String> consumer(String name, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", cluster.bootstrapServers());
    settings.put("group.id", "readers");
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", false);
    settings.put("metadata.max.age.ms", 10_000);
    settings.put("key.deserializer", StringDeserializer.class);
    settings.put("value.deserializer", StringDeserializer.class);
    settings.putAll(more);
    return ConsumersInSimulation.create(settings, simulation.environment(name));
  }

  @BeforeEach
  void createTopics() {
    Seeds.silence();
    cluster.createTopic("a", 1);
    cluster.createTopic("b", 1);
  }

  private void append(String topic, int count) {
    for (int i = 0; i < count; i++) {
      cluster.append(topic, 0, null, "x".getBytes(StandardCharsets.UTF_8));
    }
  }

  private double seconds() {
    return simulation.nanoTime() / (double) TimeUnit.SECONDS.toNanos(1);
  }

  /** Has consumers polled in turn until something is so, at most for so many seconds. */
  @SafeVarargs
  private void pollUntil(
      BooleanSupplier done, double most, KafkaConsumer<String, String>... consumers) {
    double end = seconds() + most;
    while (!done.getAsBoolean()) {
      assertThat(seconds()).as("the time is over").isLessThan(end);
      for (KafkaConsumer<String, String> consumer : consumers) {
        consumer.poll(SHORT);
      }
    }
  }

  @SafeVarargs
  private void pollFor(double time, KafkaConsumer<String, String>... consumers) {
    double end = seconds() + time;
    pollUntil(() -> seconds() >= end, time + 1, consumers);
  }

  private boolean haveAll(
      KafkaConsumer<String, String> first, KafkaConsumer<String, String> other) {
    return first.assignment().size() == 1 && other.assignment().size() == 1;
  }

  @Test
  void aJoinThatIsParkedAtALostCoordinatorIsMadeAgainAtItsSuccessor() {
    cluster.createTopic("orders", 2);
    KafkaConsumer<String, String> two = consumer("two", Map.of());
    one.subscribe(List.of("orders"));
    two.subscribe(List.of("orders"));
    pollUntil(() -> haveAll(one, two), 60, one, two);
    one.enforceRebalance();
    // The other one is at its work, so that the answer to JoinGroup waits for it.
    pollFor(2, one);
    assertThat(one.assignment()).isEmpty();

    cluster.fenceBroker(cluster.coordinator("readers"));

    // The time-out of a request, and a lookup; it was max.poll.interval.ms, 300 seconds.
    pollUntil(() -> haveAll(one, two), 60, one, two);
  }

  @Test
  void subscribingAgainWhileLeadingForgetsNotTheTopicsOfTheOthers() {
    KafkaConsumer<String, String> two = consumer("two", Map.of());
    one.subscribe(List.of("a"));
    pollUntil(() -> one.assignment().contains(A0), 60, one);
    two.subscribe(List.of("b"));
    pollFor(2, two);
    // The leader needs to know of b, and does not for a while.
    cluster.loseAnswers("Metadata", 3);
    for (int i = 0; i < 40; i++) {
      one.poll(SHORT);
      two.poll(SHORT);
      one.subscribe(List.of("a"));
    }
    cluster.clearFaults();

    pollUntil(() -> haveAll(one, two), 60, one, two);
  }

  @Test
  void askingForOffsetsOfAnotherMembersTopicMakesNoRebalance() {
    KafkaConsumer<String, String> two = consumer("two", Map.of());
    one.subscribe(List.of("a"), listener);
    pollUntil(() -> one.assignment().contains(A0), 60, one);
    two.subscribe(List.of("b"));
    pollUntil(() -> haveAll(one, two), 60, one, two);
    rebalances.clear();

    assertThat(one.endOffsets(List.of(new TopicPartition("b", 0)))).hasSize(1);
    // Longer than metadata.max.age.ms.
    pollFor(30, one, two);

    assertThat(rebalances).isEmpty();
  }

  @Test
  void subscribingToTheSamePatternAgainEndsTheEffectOfFencing() {
    KafkaConsumer<String, String> fenced = consumer("fenced", Map.of("group.instance.id", "i-1"));
    fenced.subscribe(Pattern.compile("a|x.*"));
    pollUntil(() -> fenced.assignment().contains(A0), 60, fenced);
    cluster.refuse("Heartbeat", "FENCED_INSTANCE_ID", 1);
    assertThatThrownBy(() -> pollFor(60, fenced)).isInstanceOf(FencedInstanceIdException.class);
    assertThat(fenced.assignment()).as("with the exception").isEmpty();
    assertThatThrownBy(() -> fenced.poll(SHORT)).isInstanceOf(FencedInstanceIdException.class);

    fenced.subscribe(Pattern.compile("a|x.*"));
    pollUntil(() -> fenced.assignment().contains(A0), 60, fenced);
  }

  @Test
  void anOffsetOfADeletedTopicIsNotCommittedForAnotherOfItsName() {
    append("a", 5);
    one.subscribe(List.of("a"));
    pollUntil(() -> one.assignment().contains(A0) && one.position(A0) == 5, 60, one);
    cluster.deleteTopic("a");
    cluster.createTopic("a", 1);
    append("a", 10);

    assertThatThrownBy(one::commitSync)
        .isInstanceOf(UnknownTopicIdException.class)
        .hasMessageContaining("deleted and created again");
    assertThat(cluster.committedOffset("readers", A0)).isEmpty();
  }

  @Test
  void aPositionInADeletedTopicIsNotCommittedOnceTheOtherOfItsNameIsKnown() {
    append("a", 5);
    one.subscribe(List.of("a"));
    pollUntil(() -> one.assignment().contains(A0) && one.position(A0) == 5, 60, one);
    cluster.deleteTopic("a");
    cluster.createTopic("a", 1);
    append("a", 10);
    // The application is at its work, and the client learns of the new topic meanwhile.
    simulation.run(Duration.ofSeconds(20));

    one.commitSync();
    assertThat(cluster.committedOffset("readers", A0)).isEmpty();
  }

  @Test
  void anOffsetOfADeletedTopicIsNotCommittedByItsNameEither() {
    cluster.limitVersion("OffsetCommit", 9);
    append("a", 5);
    one.subscribe(List.of("a"));
    pollUntil(() -> one.assignment().contains(A0) && one.position(A0) == 5, 60, one);
    cluster.refuse("OffsetCommit", "NOT_COORDINATOR", 1_000);
    one.commitAsync(Map.of(A0, new OffsetAndMetadata(5)), null);
    simulation.run(SHORT);
    cluster.deleteTopic("a");
    cluster.createTopic("a", 1);
    // The client learns of the new topic, and goes on trying.
    simulation.run(Duration.ofSeconds(20));
    cluster.clearFaults();
    simulation.run(Duration.ofSeconds(20));

    assertThat(cluster.committedOffset("readers", A0)).isEmpty();
  }

  @Test
  void autoCommitOnClosingCommitsNoOffsetOfADeletedTopicEither() {
    append("a", 5);
    KafkaConsumer<String, String> automatic =
        consumer(
            "automatic", Map.of("enable.auto.commit", true, "auto.commit.interval.ms", 900_000));
    automatic.subscribe(List.of("a"));
    pollUntil(
        () -> automatic.assignment().contains(A0) && automatic.position(A0) == 5, 60, automatic);
    cluster.deleteTopic("a");
    cluster.createTopic("a", 1);
    append("a", 10);

    automatic.close();
    assertThat(cluster.committedOffset("readers", A0)).isEmpty();
  }

  @Test
  void aCommitForATopicThatIsNotReadWaitsForACoordinatorThatLoads() {
    TopicPartition b0 = new TopicPartition("b", 0);
    cluster.refuse("OffsetCommit", "COORDINATOR_LOAD_IN_PROGRESS", 6);

    one.commitSync(Map.of(b0, new OffsetAndMetadata(1)));

    assertThat(cluster.committedOffset("readers", b0)).hasValue(1);
  }

  @Test
  void aCommitForATopicThatNobodyKnowsFailsSoonAndHoldsNothingUp() {
    append("a", 1);
    one.subscribe(List.of("a"));
    pollUntil(() -> one.assignment().contains(A0) && one.position(A0) == 1, 60, one);
    List<Exception> failures = new ArrayList<>();
    double before = seconds();

    one.commitAsync(
        Map.of(GONE, new OffsetAndMetadata(1)), (offsets, failure) -> failures.add(failure));
    one.poll(SHORT);
    one.commitSync();

    // Three pauses between attempts; it was a minute.
    assertThat(seconds() - before).isLessThan(3);
    assertThat(cluster.committedOffset("readers", A0)).hasValue(1);
    one.poll(SHORT);
    assertThat(failures).singleElement().isInstanceOf(RetriableCommitFailedException.class);
  }
}

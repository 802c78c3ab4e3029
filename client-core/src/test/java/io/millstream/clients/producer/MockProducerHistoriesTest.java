package io.millstream.clients.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.Cluster;
import io.millstream.common.Node;
import io.millstream.common.PartitionInfo;
import io.millstream.common.TopicPartition;
import io.millstream.common.serialization.StringSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random calls on our mock and on Apache's: both answer alike, and are alike afterwards. */
class MockProducerHistoriesTest {

  private static final int HISTORIES = 500;
  private static final int CALLS = 60;

  private record Step(String name, Callable<?> ours, Callable<?> theirs) {}

  private interface Call {
    void run();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answersAsApaches(boolean autoComplete) {
    for (int seed = 0; seed < HISTORIES; seed++) {
      new History(seed, autoComplete).compare();
    }
  }

  private static final class History {
    private final int seed;
    private final Random random;
    private final List<String> ourCallbacks = new ArrayList<>();
    private final List<String> theirCallbacks = new ArrayList<>();
    private final MockProducer<String, String> ours;
    private final org.apache.kafka.clients.producer.MockProducer<String, String> theirs;
    private int sent;

    History(int seed, boolean autoComplete) {
      this.seed = seed;
      random = new Random(seed);
      ours =
          new MockProducer<>(
              cluster(), autoComplete, null, new StringSerializer(), new StringSerializer());
      theirs =
          new org.apache.kafka.clients.producer.MockProducer<>(
              apachesCluster(),
              autoComplete,
              null,
              new org.apache.kafka.common.serialization.StringSerializer(),
              new org.apache.kafka.common.serialization.StringSerializer());
      if (random.nextBoolean()) {
        ours.initTransactions();
        theirs.initTransactions();
      }
    }

    void compare() {
      List<String> calls = new ArrayList<>();
      for (int call = 0; call < CALLS; call++) {
        Step step = step();
        calls.add(step.name());
        assertThat(outcome(step.ours()))
            .as("seed %d: %s", seed, calls)
            .isEqualTo(outcome(step.theirs()));
        assertThat(ourState()).as("seed %d: %s", seed, calls).isEqualTo(theirState());
      }
    }

    private Step step() {
      return switch (random.nextInt(40)) {
        case 0 -> step("initTransactions", ours::initTransactions, theirs::initTransactions);
        case 1, 2, 3, 4 -> step("begin", ours::beginTransaction, theirs::beginTransaction);
        case 5, 6 -> step("commit", ours::commitTransaction, theirs::commitTransaction);
        case 7, 8 -> step("abort", ours::abortTransaction, theirs::abortTransaction);
        case 9, 10, 11 -> sendOffsets("group-" + random.nextInt(2), random.nextInt(3));
        case 12, 13 -> step("flush", ours::flush, theirs::flush);
        case 14, 15, 16, 17, 18, 19 ->
            new Step("completeNext", ours::completeNext, theirs::completeNext);
        case 20, 21 ->
            new Step(
                "errorNext",
                () -> ours.errorNext(new IllegalStateException("no")),
                () -> theirs.errorNext(new IllegalStateException("no")));
        case 22 -> step("clear", ours::clear, theirs::clear);
        case 23 ->
            random.nextInt(6) > 0
                ? step("nothing", () -> {}, () -> {})
                : step("fence", ours::fenceProducer, theirs::fenceProducer);
        case 24 ->
            random.nextInt(6) > 0
                ? step("nothing", () -> {}, () -> {})
                : step("close", ours::close, theirs::close);
        case 25 -> broken();
        default -> send(random.nextBoolean() ? "orders" : "unknown", random.nextInt(6));
      };
    }

    private Step send(String topic, int choice) {
      Integer partition = choice < 4 ? null : Integer.valueOf(choice - 3 + random.nextInt(3));
      String value = "value-" + sent++;
      return new Step(
          "send to " + topic + "-" + partition,
          () ->
              ours.send(
                      new ProducerRecord<>(topic, partition, "key", value),
                      (metadata, failure) -> ourCallbacks.add(metadata + " " + failure))
                  .isDone(),
          () ->
              theirs
                  .send(
                      new org.apache.kafka.clients.producer.ProducerRecord<>(
                          topic, partition, "key", value),
                      (metadata, failure) -> theirCallbacks.add(metadata + " " + failure))
                  .isDone());
    }

    // Nothing else makes a ConsumerGroupMetadata of a given group.
    @SuppressWarnings("removal")
    private Step sendOffsets(String group, int partition) {
      long offset = random.nextInt(100);
      boolean empty = random.nextInt(5) == 0;
      return step(
          "sendOffsets of " + group,
          () ->
              ours.sendOffsetsToTransaction(
                  empty
                      ? Map.of()
                      : Map.of(
                          new TopicPartition("orders", partition), new OffsetAndMetadata(offset)),
                  new ConsumerGroupMetadata(group)),
          () ->
              theirs.sendOffsetsToTransaction(
                  empty
                      ? Map.of()
                      : Map.of(
                          new org.apache.kafka.common.TopicPartition("orders", partition),
                          new org.apache.kafka.clients.consumer.OffsetAndMetadata(offset)),
                  new org.apache.kafka.clients.consumer.ConsumerGroupMetadata(group)));
    }

    /** What the test wants to see thrown, set or taken back. */
    private Step broken() {
      RuntimeException thrown =
          random.nextBoolean() ? null : new ArithmeticException("asked for by the test");
      return switch (random.nextInt(6)) {
        case 0 ->
            step(
                "sendException",
                () -> ours.sendException = thrown,
                () -> theirs.sendException = thrown);
        case 1 ->
            step(
                "flushException",
                () -> ours.flushException = thrown,
                () -> theirs.flushException = thrown);
        case 2 ->
            step(
                "commitTransactionException",
                () -> ours.commitTransactionException = thrown,
                () -> theirs.commitTransactionException = thrown);
        case 3 ->
            step(
                "abortTransactionException",
                () -> ours.abortTransactionException = thrown,
                () -> theirs.abortTransactionException = thrown);
        case 4 ->
            step(
                "beginTransactionException",
                () -> ours.beginTransactionException = thrown,
                () -> theirs.beginTransactionException = thrown);
        default ->
            step(
                "sendOffsetsToTransactionException",
                () -> ours.sendOffsetsToTransactionException = thrown,
                () -> theirs.sendOffsetsToTransactionException = thrown);
      };
    }

    private static Step step(String name, Call ours, Call theirs) {
      return new Step(name, done(ours), done(theirs));
    }

    private static Callable<?> done(Call call) {
      return () -> {
        call.run();
        return "done";
      };
    }

    private static String outcome(Callable<?> call) {
      try {
        return String.valueOf(call.call());
      } catch (Exception e) {
        return e.getClass().getSimpleName();
      }
    }

    private List<Object> ourState() {
      return List.of(
          ours.history().stream().map(ProducerRecord::value).toList(),
          ours.uncommittedRecords().stream().map(ProducerRecord::value).toList(),
          ourOffsets(ours.uncommittedOffsets()),
          ours.consumerGroupOffsetsHistory().stream().map(History::ourOffsets).toList(),
          ours.flushed(),
          ours.closed(),
          ours.commitCount(),
          List.of(
              ours.transactionInitialized(),
              ours.transactionInFlight(),
              ours.transactionCommitted(),
              ours.transactionAborted(),
              ours.sentOffsets()),
          ourCallbacks);
    }

    private List<Object> theirState() {
      return List.of(
          theirs.history().stream().map(record -> record.value()).toList(),
          theirs.uncommittedRecords().stream().map(record -> record.value()).toList(),
          theirOffsets(theirs.uncommittedOffsets()),
          theirs.consumerGroupOffsetsHistory().stream().map(History::theirOffsets).toList(),
          theirs.flushed(),
          theirs.closed(),
          theirs.commitCount(),
          List.of(
              theirs.transactionInitialized(),
              theirs.transactionInFlight(),
              theirs.transactionCommitted(),
              theirs.transactionAborted(),
              theirs.sentOffsets()),
          theirCallbacks);
    }

    private static List<String> ourOffsets(
        Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets) {
      List<String> lines = new ArrayList<>();
      offsets.forEach(
          (group, of) -> of.forEach((partition, at) -> lines.add(group + partition + at.offset())));
      return lines.stream().sorted().toList();
    }

    private static List<String> theirOffsets(
        Map<
                String,
                Map<
                    org.apache.kafka.common.TopicPartition,
                    org.apache.kafka.clients.consumer.OffsetAndMetadata>>
            offsets) {
      List<String> lines = new ArrayList<>();
      offsets.forEach(
          (group, of) -> of.forEach((partition, at) -> lines.add(group + partition + at.offset())));
      return lines.stream().sorted().toList();
    }

    private static Cluster cluster() {
      Node node = new Node(1, "localhost", 9092);
      Node[] nodes = {node};
      List<PartitionInfo> partitions =
          List.of(
              new PartitionInfo("orders", 0, node, nodes, nodes),
              new PartitionInfo("orders", 1, node, nodes, nodes),
              new PartitionInfo("orders", 2, node, nodes, nodes));
      return new Cluster("cluster", List.of(node), partitions, Set.of(), Set.of());
    }

    private static org.apache.kafka.common.Cluster apachesCluster() {
      var node = new org.apache.kafka.common.Node(1, "localhost", 9092);
      org.apache.kafka.common.Node[] nodes = {node};
      var partitions =
          List.of(
              new org.apache.kafka.common.PartitionInfo("orders", 0, node, nodes, nodes),
              new org.apache.kafka.common.PartitionInfo("orders", 1, node, nodes, nodes),
              new org.apache.kafka.common.PartitionInfo("orders", 2, node, nodes, nodes));
      return new org.apache.kafka.common.Cluster(
          "cluster", List.of(node), partitions, Set.of(), Set.of());
    }
  }
}

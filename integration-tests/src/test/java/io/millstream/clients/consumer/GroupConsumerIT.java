package io.millstream.clients.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.TopicPartition;
import io.millstream.common.errors.WakeupException;
import io.millstream.testing.KafkaClusterExtension;
import io.millstream.testing.KafkaVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Consumers share topics of a real broker in a group. */
class GroupConsumerIT {

  @RegisterExtension
  static final KafkaClusterExtension KAFKA = KafkaClusterExtension.shared(KafkaVersion.V4_4_0);

  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ApacheTopics topics = new ApacheTopics(KAFKA.bootstrapServers());

  private static KafkaConsumer<String, String> member(String group, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.putIfAbsent(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 300);
    settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    return ConsumerIT.consumer(KAFKA.bootstrapServers(), settings);
  }

  /** Polls all in turn until something holds, and gathers the values. */
  private static List<String> pollUntil(
      BooleanSupplier condition, List<? extends Consumer<String, String>> members) {
    List<String> values = new ArrayList<>();
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline; so far %s", values).isLessThan(deadline);
      for (Consumer<String, String> member : members) {
        member.poll(SHORT).forEach(record -> values.add(String.valueOf(record.value())));
      }
    }
    return values;
  }

  private static final class Remembering implements ConsumerRebalanceListener {

    private final List<String> events = new ArrayList<>();

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      events.add("revoked " + sorted(partitions));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      events.add("assigned " + sorted(partitions));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      events.add("lost " + sorted(partitions));
    }

    private static List<String> sorted(Collection<TopicPartition> partitions) {
      return partitions.stream().map(TopicPartition::toString).sorted().toList();
    }
  }

  @Test
  void aSecondMemberTakesHalfAndGivesItBackWhenItLeaves() throws Exception {
    topics.create("shared", 4);
    Remembering events = new Remembering();
    try (KafkaConsumer<String, String> first = member("sharing", Map.of())) {
      first.subscribe(List.of("shared"), events);
      pollUntil(() -> first.assignment().size() == 4, List.of(first));
      assertThat(first.subscription()).containsExactly("shared");
      assertThat(first.groupMetadata().generationId()).isPositive();

      KafkaConsumer<String, String> second = member("sharing", Map.of());
      second.subscribe(List.of("shared"));
      pollUntil(
          () -> first.assignment().size() == 2 && second.assignment().size() == 2,
          List.of(first, second));
      Set<TopicPartition> all = new HashSet<>(first.assignment());
      all.addAll(second.assignment());
      assertThat(all).hasSize(4);

      topics.fill("shared", 4, 400, "none", "value");
      List<String> seen = new ArrayList<>();
      pollUntil(
          () -> {
            for (Consumer<String, String> member : List.of(first, second)) {
              member.poll(SHORT).forEach(record -> seen.add(String.valueOf(record.value())));
            }
            return seen.size() >= 400;
          },
          List.of());
      assertThat(seen).doesNotHaveDuplicates().hasSize(400);
      first.commitSync();
      second.commitSync();

      second.close();
      pollUntil(() -> first.assignment().size() == 4, List.of(first));
      topics.fill("shared", 4, 40, "none", "later");
      List<String> later = new ArrayList<>();
      pollUntil(
          () -> {
            first.poll(SHORT).forEach(record -> later.add(String.valueOf(record.value())));
            return later.size() >= 40;
          },
          List.of());
      assertThat(later).hasSize(40).allMatch(value -> value.startsWith("later"));
    }
    String all = "[shared-0, shared-1, shared-2, shared-3]";
    assertThat(events.events.get(0)).isEqualTo("assigned " + all);
    assertThat(events.events.get(1)).isEqualTo("revoked " + all);
    assertThat(events.events).endsWith("assigned " + all, "revoked " + all);
  }

  @Test
  void goesOnAfterARestartWhereItHasCommitted() throws Exception {
    topics.create("resumed", 2);
    topics.fill("resumed", 2, 200, "zstd", "value");
    Map<TopicPartition, Long> reached = new TreeMap<>((a, b) -> a.partition() - b.partition());
    try (KafkaConsumer<String, String> consumer =
        member("resuming", Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 30))) {
      consumer.subscribe(List.of("resumed"));
      List<ConsumerRecord<String, String>> records = ConsumerIT.read(consumer, 90);
      records.forEach(
          record ->
              reached.put(
                  new TopicPartition(record.topic(), record.partition()), record.offset() + 1));
      consumer.commitSync();
      Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(reached.keySet());
      reached.forEach(
          (partition, offset) ->
              assertThat(committed.get(partition))
                  .extracting(OffsetAndMetadata::offset)
                  .isEqualTo(offset));
    }
    try (KafkaConsumer<String, String> consumer = member("resuming", Map.of())) {
      consumer.subscribe(List.of("resumed"));
      long left = 200 - reached.values().stream().mapToLong(Long::longValue).sum();
      List<ConsumerRecord<String, String>> records = ConsumerIT.read(consumer, (int) left);
      assertThat(records).hasSize((int) left);
      for (ConsumerRecord<String, String> record : records) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        assertThat(record.offset()).isEqualTo(reached.merge(partition, 1L, Long::sum) - 1);
      }
    }
  }

  @Test
  void autoCommitCoversWhatEarlierPollsReturnedAndNothingNewer() throws Exception {
    topics.create("automatic", 1);
    topics.fill("automatic", 1, 100, "none", "value");
    TopicPartition partition = new TopicPartition("automatic", 0);
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true,
            ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, 50,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10);
    try (KafkaConsumer<String, String> consumer = member("automatic", settings);
        KafkaConsumer<String, String> other = member("automatic", Map.of())) {
      consumer.subscribe(List.of("automatic"));
      assertThat(ConsumerIT.read(consumer, 10)).hasSize(10);
      assertThat(consumer.poll(LONG)).hasSize(10);
      // These ten are being dealt with, so that only the ten before them may be committed.
      awaitCommitted(other, partition, 10);
      assertThat(consumer.poll(LONG)).hasSize(10);
      awaitCommitted(other, partition, 20);
    }
    try (KafkaConsumer<String, String> other = member("automatic", Map.of())) {
      assertThat(other.committed(Set.of(partition)).get(partition))
          .as("closing commits what was handed out")
          .isEqualTo(new OffsetAndMetadata(30, java.util.Optional.of(0), ""));
    }
  }

  @Test
  void aCloseByAnotherThreadCommitsNothingThatThePollingOneMayStillDealWith() throws Exception {
    topics.create("closed-elsewhere", 1);
    topics.fill("closed-elsewhere", 1, 100, "none", "value");
    TopicPartition partition = new TopicPartition("closed-elsewhere", 0);
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            true,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            10);
    KafkaConsumer<String, String> consumer = member("closed-elsewhere", settings);
    consumer.subscribe(List.of("closed-elsewhere"));
    assertThat(ConsumerIT.read(consumer, 10)).hasSize(10);
    assertThat(consumer.poll(LONG)).hasSize(10);
    Thread closer = new Thread(consumer::close);
    closer.start();
    closer.join();
    try (KafkaConsumer<String, String> other = member("closed-elsewhere", Map.of())) {
      assertThat(other.committed(Set.of(partition)).get(partition))
          .extracting(OffsetAndMetadata::offset)
          .isEqualTo(10L);
    }
  }

  private static void awaitCommitted(
      Consumer<?, ?> consumer, TopicPartition partition, long offset) {
    long deadline = System.nanoTime() + LONG.toNanos();
    OffsetAndMetadata committed = null;
    while (committed == null || committed.offset() != offset) {
      assertThat(System.nanoTime()).as("deadline; committed is %s", committed).isLessThan(deadline);
      committed = consumer.committed(Set.of(partition)).get(partition);
      assertThat(committed == null ? 0 : committed.offset()).isLessThanOrEqualTo(offset);
    }
  }

  @Test
  void commitsInTheListenerBeforePartitionsAreGivenUp() throws Exception {
    topics.create("handed-over", 2);
    topics.fill("handed-over", 2, 100, "none", "value");
    KafkaConsumer<String, String> first = member("handing-over", Map.of());
    List<RuntimeException> failures = new ArrayList<>();
    ConsumerRebalanceListener committing =
        new ConsumerRebalanceListener() {
          @Override
          public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            try {
              first.commitSync();
            } catch (RuntimeException e) {
              failures.add(e);
            }
          }

          @Override
          public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
        };
    try (first;
        KafkaConsumer<String, String> second = member("handing-over", Map.of())) {
      first.subscribe(List.of("handed-over"), committing);
      assertThat(ConsumerIT.read(first, 100)).hasSize(100);
      second.subscribe(List.of("handed-over"));
      List<String> again = pollUntil(() -> second.assignment().size() == 1, List.of(first, second));
      assertThat(again).isEmpty();
      topics.fill("handed-over", 2, 2, "none", "later");
      List<String> later = new ArrayList<>();
      pollUntil(
          () -> {
            first.poll(SHORT).forEach(record -> later.add(String.valueOf(record.value())));
            second.poll(SHORT).forEach(record -> later.add(String.valueOf(record.value())));
            return later.size() >= 2;
          },
          List.of());
      assertThat(later).containsExactlyInAnyOrder("later 0", "later 1");
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void sharesAGroupWithApachesConsumer() throws Exception {
    topics.create("mixed", 4);
    Map<String, Object> apaches =
        Map.of(
            "bootstrap.servers",
            KAFKA.bootstrapServers(),
            "group.id",
            "mixing",
            "heartbeat.interval.ms",
            300,
            "auto.offset.reset",
            "earliest",
            "partition.assignment.strategy",
            "org.apache.kafka.clients.consumer.RangeAssignor",
            "key.deserializer",
            org.apache.kafka.common.serialization.StringDeserializer.class,
            "value.deserializer",
            org.apache.kafka.common.serialization.StringDeserializer.class);
    try (KafkaConsumer<String, String> ours = member("mixing", Map.of());
        org.apache.kafka.clients.consumer.KafkaConsumer<String, String> theirs =
            new org.apache.kafka.clients.consumer.KafkaConsumer<>(apaches)) {
      ours.subscribe(List.of("mixed"));
      pollUntil(() -> ours.assignment().size() == 4, List.of(ours));
      theirs.subscribe(List.of("mixed"));
      List<String> seen = new ArrayList<>();
      pollUntil(
          () -> {
            theirs.poll(SHORT).forEach(record -> seen.add(record.value()));
            return ours.assignment().size() == 2 && theirs.assignment().size() == 2;
          },
          List.of(ours));
      topics.fill("mixed", 4, 40, "lz4", "value");
      pollUntil(
          () -> {
            theirs.poll(SHORT).forEach(record -> seen.add(record.value()));
            ours.poll(SHORT).forEach(record -> seen.add(String.valueOf(record.value())));
            return seen.size() >= 40;
          },
          List.of());
      assertThat(seen).hasSize(40).doesNotHaveDuplicates();
      theirs.unsubscribe();
      pollUntil(
          () -> {
            theirs.assignment();
            return ours.assignment().size() == 4;
          },
          List.of(ours));
    }
  }

  @Test
  void subscribesToTopicsThatMatchAPatternAndAreCreatedLater() throws Exception {
    topics.create("pattern-a", 1);
    try (KafkaConsumer<String, String> consumer =
        member("pattern", Map.of(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 200))) {
      consumer.subscribe(java.util.regex.Pattern.compile("pattern-.*"));
      pollUntil(() -> consumer.assignment().size() == 1, List.of(consumer));
      topics.create("pattern-b", 2);
      pollUntil(() -> consumer.assignment().size() == 3, List.of(consumer));
      assertThat(consumer.subscription()).containsExactly("pattern-a", "pattern-b");
      consumer.unsubscribe();
      assertThat(consumer.assignment()).isEmpty();
      assertThat(consumer.subscription()).isEmpty();
    }
  }

  @Test
  void wakeupEndsThePollThatWaits() throws Exception {
    topics.create("woken", 1);
    try (KafkaConsumer<String, String> consumer = member("waking", Map.of())) {
      consumer.subscribe(List.of("woken"));
      Thread waker =
          new Thread(
              () -> {
                while (consumer.assignment().isEmpty()) {
                  Thread.onSpinWait();
                }
                consumer.wakeup();
              });
      waker.start();
      assertThatThrownBy(() -> consumer.poll(LONG)).isInstanceOf(WakeupException.class);
      waker.join();
      assertThat(consumer.poll(Duration.ZERO)).isEmpty();
    }
  }
}

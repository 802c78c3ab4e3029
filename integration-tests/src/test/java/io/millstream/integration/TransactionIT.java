package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.ConsumerRecord;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.ProducerFencedException;
import io.millstream.common.errors.RecordTooLargeException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.errors.TransactionAbortableException;
import io.millstream.common.errors.TransactionAbortedException;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaClusterExtension;
import io.millstream.testing.KafkaVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions against real brokers; Apache's clients look on. */
class TransactionIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @RegisterExtension
  static final KafkaClusterExtension KAFKA =
      KafkaClusterExtension.own(
          KafkaCluster.builder(KafkaVersion.V4_4_0)
              .property("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500"));

  private final ApacheSide apache = new ApacheSide(KAFKA.bootstrapServers());

  private static KafkaProducer<String, String> producer(
      String servers, String transactionalId, Object... settings) {
    Map<String, Object> all = new HashMap<>();
    all.put("bootstrap.servers", servers);
    all.put("transactional.id", transactionalId);
    for (int i = 0; i < settings.length; i += 2) {
      all.put((String) settings[i], settings[i + 1]);
    }
    return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
  }

  private static List<Future<RecordMetadata>> send(
      KafkaProducer<String, String> producer, String topic, String... values) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      sent.add(producer.send(new ProducerRecord<>(topic, i % 3, null, values[i])));
    }
    return sent;
  }

  private static void transact(
      KafkaProducer<String, String> producer, String topic, String... values) {
    producer.beginTransaction();
    send(producer, topic, values);
    producer.commitTransaction();
  }

  /** Looks until something is as it should be. */
  private static void await(String what, java.util.concurrent.Callable<Boolean> condition)
      throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("%s within %s", what, LIMIT).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Test
  void readersOfCommittedRecordsSeeAllOrNothingOfEachTransaction() throws Exception {
    apache.createTopic("all-or-nothing", 3, 1, Map.of());
    try (KafkaProducer<String, String> producer = producer(KAFKA.bootstrapServers(), "txn-1")) {
      producer.initTransactions();
      transact(producer, "all-or-nothing", "a1", "a2", "a3", "a4");
      producer.beginTransaction();
      for (Future<RecordMetadata> sent : send(producer, "all-or-nothing", "b1", "b2", "b3")) {
        sent.get();
      }
      producer.abortTransaction();
      producer.beginTransaction();
      producer.commitTransaction();
      transact(producer, "all-or-nothing", "c1", "c2");
    }

    assertThat(apache.valuesOf("all-or-nothing"))
        .containsExactlyInAnyOrder("a1", "a2", "a3", "a4", "c1", "c2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"read_committed", "read_uncommitted"})
  void ourConsumerSeesWhatItsIsolationLevelSays(String isolation) throws Exception {
    String topic = "isolation-" + isolation;
    apache.createTopic(topic, 1, 1, Map.of());
    TopicPartition partition = new TopicPartition(topic, 0);
    List<String> values = new ArrayList<>();
    try (KafkaProducer<String, String> producer = producer(KAFKA.bootstrapServers(), topic);
        KafkaConsumer<String, String> consumer =
            new KafkaConsumer<>(
                Map.of(
                    "bootstrap.servers",
                    KAFKA.bootstrapServers(),
                    "isolation.level",
                    isolation,
                    "auto.offset.reset",
                    "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
      producer.initTransactions();
      for (int i = 0; i < 20; i++) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, 0, null, i + " first")).get();
        producer.send(new ProducerRecord<>(topic, 0, null, i + " second")).get();
        if (i % 2 == 0) {
          producer.commitTransaction();
        } else {
          producer.abortTransaction();
        }
      }
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, 0, null, "open")).get();
      consumer.assign(List.of(partition));
      // 20 transactions of 2 records and a marker; what is open lies behind them.
      long end = isolation.equals("read_committed") ? 60 : 61;
      await(
          "the end",
          () -> {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            return consumer.position(partition) >= end;
          });
      assertThat(consumer.position(partition)).isEqualTo(end);
      producer.abortTransaction();
    }

    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      if (i % 2 == 0 || isolation.equals("read_uncommitted")) {
        expected.addAll(List.of(i + " first", i + " second"));
      }
    }
    if (isolation.equals("read_uncommitted")) {
      expected.add("open");
    }
    assertThat(values).isEqualTo(expected);
  }

  @Test
  void manyShortTransactionsFollowOneAnother() throws Exception {
    apache.createTopic("short", 3, 1, Map.of());
    List<String> committed = new ArrayList<>();
    try (KafkaProducer<String, String> producer = producer(KAFKA.bootstrapServers(), "txn-short")) {
      producer.initTransactions();
      for (int i = 0; i < 60; i++) {
        producer.beginTransaction();
        String[] values = {"x" + i, "y" + i, "z" + i};
        send(producer, "short", values);
        if (i % 3 == 2) {
          producer.abortTransaction();
        } else {
          producer.commitTransaction();
          committed.addAll(List.of(values));
        }
      }
    }

    assertThat(apache.valuesOf("short")).containsExactlyInAnyOrderElementsOf(committed);
  }

  @Test
  void recordsThatAnAbortKeepsFromLeavingSaySo() throws Exception {
    apache.createTopic("kept-back", 3, 1, Map.of());
    try (KafkaProducer<String, String> producer =
        producer(KAFKA.bootstrapServers(), "txn-kept-back", "linger.ms", 60_000)) {
      producer.initTransactions();
      producer.beginTransaction();
      List<Future<RecordMetadata>> sent = send(producer, "kept-back", "never");
      producer.abortTransaction();

      assertThatThrownBy(() -> sent.get(0).get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TransactionAbortedException.class);
      transact(producer, "kept-back", "after");
    }

    assertThat(apache.valuesOf("kept-back")).containsExactly("after");
  }

  @Test
  void offsetsOfAGroupAreCommittedWithTheTransactionOrNotAtAll() throws Exception {
    apache.createTopic("offsets-in", 3, 1, Map.of());
    apache.createTopic("offsets-out", 3, 1, Map.of());
    TopicPartition partition = new TopicPartition("offsets-in", 0);
    try (KafkaProducer<String, String> filler = producer(KAFKA.bootstrapServers(), "txn-filler");
        KafkaProducer<String, String> producer = producer(KAFKA.bootstrapServers(), "txn-offsets");
        KafkaConsumer<String, String> consumer = groupConsumer("txn-readers")) {
      filler.initTransactions();
      transact(filler, "offsets-in", "1");
      producer.initTransactions();
      consumer.subscribe(List.of("offsets-in"));
      ConsumerRecord<String, String> record = first(consumer);

      producer.beginTransaction();
      send(producer, "offsets-out", "aborted");
      producer.sendOffsetsToTransaction(
          Map.of(partition, new OffsetAndMetadata(record.offset() + 1)), consumer.groupMetadata());
      producer.abortTransaction();
      assertThat(committed("txn-readers", partition)).isNull();

      producer.beginTransaction();
      send(producer, "offsets-out", "committed");
      producer.sendOffsetsToTransaction(
          Map.of(partition, new OffsetAndMetadata(record.offset() + 1, "with it")),
          consumer.groupMetadata());
      producer.commitTransaction();
      await("the offset", () -> Objects.equals(committed("txn-readers", partition), 1L));
    }

    assertThat(apache.valuesOf("offsets-out")).containsExactly("committed");
  }

  private static KafkaConsumer<String, String> groupConsumer(String group) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            KAFKA.bootstrapServers(),
            "group.id",
            group,
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false),
        new StringDeserializer(),
        new StringDeserializer());
  }

  private static ConsumerRecord<String, String> first(KafkaConsumer<String, String> consumer) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
        return record;
      }
    }
    throw new AssertionError("nothing was read within " + LIMIT);
  }

  private static Long committed(String group, TopicPartition partition) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
      var offset =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get()
              .get(
                  new org.apache.kafka.common.TopicPartition(
                      partition.topic(), partition.partition()));
      return offset == null ? null : offset.offset();
    }
  }

  @Test
  void aSecondInstanceFencesTheFirst() throws Exception {
    apache.createTopic("fenced", 3, 1, Map.of());
    try (KafkaProducer<String, String> first = producer(KAFKA.bootstrapServers(), "txn-fenced");
        KafkaProducer<String, String> second = producer(KAFKA.bootstrapServers(), "txn-fenced")) {
      first.initTransactions();
      first.beginTransaction();
      send(first, "fenced", "old").get(0).get();
      second.initTransactions();
      transact(second, "fenced", "new");

      assertThatThrownBy(first::commitTransaction).isInstanceOf(ProducerFencedException.class);
      assertThatThrownBy(first::abortTransaction).isInstanceOf(ProducerFencedException.class);
      assertThatThrownBy(() -> send(first, "fenced", "late"))
          .isInstanceOf(ProducerFencedException.class);
      transact(second, "fenced", "newer");
    }

    assertThat(apache.valuesOf("fenced")).containsExactlyInAnyOrder("new", "newer");
  }

  @Test
  void anInstanceThatSendsAfterAnotherHasTakenOverIsFencedByThePartition() throws Exception {
    apache.createTopic("fenced-late", 3, 1, Map.of());
    try (KafkaProducer<String, String> first = producer(KAFKA.bootstrapServers(), "txn-late");
        KafkaProducer<String, String> second = producer(KAFKA.bootstrapServers(), "txn-late")) {
      first.initTransactions();
      first.beginTransaction();
      send(first, "fenced-late", "old").get(0).get();
      second.initTransactions();
      transact(second, "fenced-late", "new");

      Future<RecordMetadata> late = send(first, "fenced-late", "late").get(0);
      assertThatThrownBy(late::get).isInstanceOf(ExecutionException.class);
      assertThatThrownBy(first::commitTransaction).isInstanceOf(ProducerFencedException.class);
    }

    assertThat(apache.valuesOf("fenced-late")).containsExactly("new");
  }

  @Test
  void afterATransactionTimeOutTheSameProducerGoesOn() throws Exception {
    apache.createTopic("timed-out", 3, 1, Map.of());
    try (KafkaProducer<String, String> producer =
            producer(KAFKA.bootstrapServers(), "txn-timed-out", "transaction.timeout.ms", 1_000);
        Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
      producer.initTransactions();
      transact(producer, "timed-out", "before");
      producer.beginTransaction();
      send(producer, "timed-out", "too", "slow").get(0).get();
      await(
          "the time-out",
          () ->
              admin.describeTransactions(List.of("txn-timed-out")).all().get().values().stream()
                  .allMatch(state -> state.state() == TransactionState.COMPLETE_ABORT));

      assertThatThrownBy(producer::commitTransaction)
          .isInstanceOf(TransactionAbortableException.class)
          .hasMessageContaining("transaction.timeout.ms=1000");
      producer.abortTransaction();
      transact(producer, "timed-out", "after");

      producer.beginTransaction();
      send(producer, "timed-out", "slow", "again").get(0).get();
      await(
          "the second time-out",
          () ->
              admin.describeTransactions(List.of("txn-timed-out")).all().get().values().stream()
                  .allMatch(state -> state.state() == TransactionState.COMPLETE_ABORT));
      Future<RecordMetadata> late = send(producer, "timed-out", "late").get(0);
      assertThatThrownBy(late::get).isInstanceOf(ExecutionException.class);
      producer.abortTransaction();
      transact(producer, "timed-out", "last");
    }

    assertThat(apache.valuesOf("timed-out")).containsExactlyInAnyOrder("before", "after", "last");
  }

  @Test
  void afterATimeOutInVersionOneTheSameProducerGoesOnToo() throws Exception {
    try (KafkaCluster cluster =
        KafkaCluster.builder(KafkaVersion.V3_9_1)
            .property("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500")
            .start()) {
      ApacheSide side = new ApacheSide(cluster.bootstrapServers());
      side.createTopic("old-timed-out", 3, 1, Map.of());
      try (KafkaProducer<String, String> producer =
              producer(cluster.bootstrapServers(), "txn-old", "transaction.timeout.ms", 1_000);
          Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
        producer.initTransactions();
        producer.beginTransaction();
        send(producer, "old-timed-out", "too", "slow").get(0).get();
        await(
            "the time-out",
            () ->
                admin.describeTransactions(List.of("txn-old")).all().get().values().stream()
                    .allMatch(state -> state.state() == TransactionState.COMPLETE_ABORT));

        assertThatThrownBy(producer::commitTransaction)
            .isInstanceOf(TransactionAbortableException.class)
            .hasMessageContaining("transaction.timeout.ms=1000");
        producer.abortTransaction();
        transact(producer, "old-timed-out", "after");
      }

      assertThat(side.valuesOf("old-timed-out")).containsExactly("after");
    }
  }

  @Test
  void aRecordThatIsRefusedFailsItsTransactionAndNotTheNext() throws Exception {
    apache.createTopic("refused", 3, 1, Map.of("max.message.bytes", "1000"));
    try (KafkaProducer<String, String> producer =
        producer(KAFKA.bootstrapServers(), "txn-refused")) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, "refused", "fits", "x".repeat(5_000));

      assertThatThrownBy(producer::commitTransaction)
          .isInstanceOf(TransactionAbortableException.class);
      assertThatThrownBy(() -> send(producer, "refused", "more"))
          .isInstanceOf(KafkaException.class);
      producer.abortTransaction();
      transact(producer, "refused", "next");
    }

    assertThat(apache.valuesOf("refused")).containsExactly("next");
  }

  @Test
  void aRecordThatIsNotEvenTakenFailsItsTransactionToo() throws Exception {
    apache.createTopic("not-taken", 3, 1, Map.of());
    try (KafkaProducer<String, String> producer =
        producer(KAFKA.bootstrapServers(), "txn-not-taken", "max.block.ms", 5_000)) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, "not-taken", "fits", "x".repeat(2_000_000));
      assertThatThrownBy(producer::commitTransaction)
          .isInstanceOf(TransactionAbortableException.class)
          .hasCauseInstanceOf(RecordTooLargeException.class);
      producer.abortTransaction();

      producer.beginTransaction();
      send(producer, "not-taken", "fits");
      producer.send(new ProducerRecord<>("not-taken", 7, null, "no such partition"));
      assertThatThrownBy(producer::commitTransaction)
          .isInstanceOf(TransactionAbortableException.class)
          .hasCauseInstanceOf(TimeoutException.class);
      producer.abortTransaction();
      transact(producer, "not-taken", "next");
    }

    assertThat(apache.valuesOf("not-taken")).containsExactly("next");
  }

  @Test
  void closingAbortsWhatIsOpen() throws Exception {
    apache.createTopic("closed", 3, 1, Map.of());
    try (KafkaProducer<String, String> producer =
        producer(KAFKA.bootstrapServers(), "txn-closed")) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, "closed", "open").get(0).get();
    }

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
      await(
          "the abort",
          () ->
              admin.describeTransactions(List.of("txn-closed")).all().get().values().stream()
                  .allMatch(state -> state.state() == TransactionState.COMPLETE_ABORT));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaVersion.class,
      names = {"V2_1_1", "V3_9_1"})
  void olderBrokersSpeakVersionOne(KafkaVersion version) throws Exception {
    try (KafkaCluster cluster = KafkaCluster.builder(version).start()) {
      ApacheSide side = new ApacheSide(cluster.bootstrapServers());
      side.createTopic("old", 3, 1, Map.of());
      try (KafkaProducer<String, String> first = producer(cluster.bootstrapServers(), "txn-old");
          KafkaProducer<String, String> second = producer(cluster.bootstrapServers(), "txn-old")) {
        first.initTransactions();
        transact(first, "old", "a1", "a2", "a3");
        first.beginTransaction();
        send(first, "old", "b1", "b2");
        first.sendOffsetsToTransaction(
            Map.of(new TopicPartition("old", 0), new OffsetAndMetadata(1)),
            new ConsumerGroupMetadata("old-readers"));
        first.abortTransaction();
        transact(first, "old", "c1");
        first.beginTransaction();
        send(first, "old", "d1").get(0).get();
        second.initTransactions();
        assertThatThrownBy(first::commitTransaction).isInstanceOf(ProducerFencedException.class);
        transact(second, "old", "e1");
      }

      assertThat(side.valuesOf("old")).containsExactlyInAnyOrder("a1", "a2", "a3", "c1", "e1");
    }
  }
}

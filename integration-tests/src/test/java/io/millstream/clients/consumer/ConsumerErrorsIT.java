package io.millstream.clients.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.InterruptException;
import io.millstream.common.errors.InvalidGroupIdException;
import io.millstream.common.errors.RecordDeserializationException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.errors.WakeupException;
import io.millstream.common.serialization.IntegerDeserializer;
import io.millstream.testing.KafkaClusterExtension;
import io.millstream.testing.KafkaVersion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a consumer says when something is not as it should be, against a real broker. */
class ConsumerErrorsIT {

  @RegisterExtension
  static final KafkaClusterExtension KAFKA = KafkaClusterExtension.shared(KafkaVersion.V4_4_0);

  private static final Duration LONG = Duration.ofSeconds(30);

  private final ApacheTopics topics = new ApacheTopics(KAFKA.bootstrapServers());

  private static KafkaConsumer<String, String> consumer(Map<String, Object> more) {
    return ConsumerIT.consumer(KAFKA.bootstrapServers(), more);
  }

  /** Leaves a topic with one partition and the offsets 40 to 99. */
  private void truncated(String topic) throws Exception {
    topics.create(topic, 1);
    topics.fill(topic, 1, 100, "none", "value");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
      admin
          .deleteRecords(
              Map.of(
                  new org.apache.kafka.common.TopicPartition(topic, 0),
                  RecordsToDelete.beforeOffset(40)))
          .all()
          .get();
    }
  }

  @Test
  void offsetOutOfRangeNamesPartitionOffsetAndRange() throws Exception {
    truncated("out-of-range");
    TopicPartition partition = new TopicPartition("out-of-range", 0);
    try (KafkaConsumer<String, String> consumer =
        consumer(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"))) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, 7);
      OffsetOutOfRangeException thrown =
          catchThrowableOfType(OffsetOutOfRangeException.class, () -> ConsumerIT.read(consumer, 1));
      assertThat(thrown).hasMessageContainingAll("out-of-range-0", "7", "40 to 99");
      assertThat(thrown.offsetOutOfRangePartitions()).isEqualTo(Map.of(partition, 7L));
      assertThatThrownBy(() -> consumer.poll(LONG)).isInstanceOf(OffsetOutOfRangeException.class);

      consumer.seek(partition, 41);
      assertThat(ConsumerIT.read(consumer, 1).get(0).offset()).isEqualTo(41);
    }
  }

  @Test
  void resetsAnOffsetOutOfRangeAsConfigured() throws Exception {
    truncated("reset");
    TopicPartition partition = new TopicPartition("reset", 0);
    try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, 7);
      assertThat(ConsumerIT.read(consumer, 1).get(0).offset()).isEqualTo(40);
    }
    try (KafkaConsumer<String, String> consumer =
        consumer(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest"))) {
      consumer.assign(List.of(partition));
      assertThat(consumer.position(partition)).isEqualTo(100);
      topics.fill("reset", 1, 1, "none", "new");
      assertThat(ConsumerIT.read(consumer, 1).get(0).offset()).isEqualTo(100);
    }
    try (KafkaConsumer<String, String> consumer =
        consumer(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "by_duration:PT1H"))) {
      consumer.assign(List.of(partition));
      assertThat(consumer.position(partition)).isEqualTo(40);
    }
  }

  @Test
  void withoutOffsetAndResetTheUserIsTold() throws Exception {
    topics.create("no-offset", 1);
    TopicPartition partition = new TopicPartition("no-offset", 0);
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
            ConsumerConfig.GROUP_ID_CONFIG, "no-offset");
    try (KafkaConsumer<String, String> consumer = consumer(settings)) {
      consumer.assign(List.of(partition));
      assertThatThrownBy(() -> consumer.poll(LONG))
          .isInstanceOf(NoOffsetForPartitionException.class)
          .hasMessageContaining("no-offset-0");
      assertThatThrownBy(() -> consumer.position(partition))
          .isInstanceOf(NoOffsetForPartitionException.class);
    }
  }

  @Test
  void aRecordThatCannotBeDeserializedCanBeSkipped() throws Exception {
    topics.create("not-a-number", 1);
    topics.fill("not-a-number", 1, 5, "gzip", "value");
    TopicPartition partition = new TopicPartition("not-a-number", 0);
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, IntegerDeserializer.class);
    try (KafkaConsumer<?, ?> consumer = consumer(settings)) {
      consumer.assign(List.of(partition));
      for (int attempt = 0; attempt < 2; attempt++) {
        RecordDeserializationException thrown =
            catchThrowableOfType(RecordDeserializationException.class, () -> consumer.poll(LONG));
        assertThat(thrown).hasMessageContainingAll("not-a-number-0", "offset 0", "seek");
        assertThat(thrown.offset()).isZero();
        assertThat(thrown.topicPartition()).isEqualTo(partition);
        assertThat(thrown.valueBuffer()).isEqualTo(ByteBuffer.wrap("value 0".getBytes(UTF_8)));
      }
      consumer.seek(partition, 3);
      assertThat(
              catchThrowableOfType(RecordDeserializationException.class, () -> consumer.poll(LONG))
                  .offset())
          .isEqualTo(3);
    }
  }

  @Test
  void aBatchThatBecomesTooLargeIsRefusedAndNamesTheSetting() throws Exception {
    topics.create("bomb", 1);
    topics.fill("bomb", 1, 1, "zstd", "x".repeat(200_000));
    TopicPartition partition = new TopicPartition("bomb", 0);
    try (KafkaConsumer<String, String> consumer =
        consumer(Map.of(ConsumerConfig.FETCH_MAX_DECOMPRESSED_BATCH_BYTES_CONFIG, 100_000))) {
      consumer.assign(List.of(partition));
      assertThatThrownBy(() -> consumer.poll(LONG))
          .isInstanceOf(KafkaException.class)
          .hasMessageContainingAll(
              "bomb-0", "offset 0", ConsumerConfig.FETCH_MAX_DECOMPRESSED_BATCH_BYTES_CONFIG);
      consumer.seek(partition, 1);
      assertThat(consumer.poll(Duration.ofMillis(100))).isEmpty();
    }
  }

  @Test
  void topicThatDoesNotExistIsNamedWithinTheTime() {
    TopicPartition partition = new TopicPartition("missing", 0);
    try (KafkaConsumer<String, String> consumer =
        consumer(Map.of(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false))) {
      assertThat(consumer.partitionsFor("missing")).isEmpty();
      assertThatThrownBy(() -> consumer.endOffsets(List.of(partition), Duration.ofMillis(500)))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContainingAll("missing-0", "UNKNOWN_TOPIC_OR_PARTITION", "create it");
      consumer.assign(List.of(partition));
      assertThat(consumer.poll(Duration.ofMillis(100))).isEmpty();
      assertThatThrownBy(() -> consumer.position(partition, Duration.ofMillis(500)))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContainingAll("missing-0", "UNKNOWN_TOPIC_OR_PARTITION");
    }
  }

  @Test
  void withoutBrokerCallsEndInTimeAndSayWhy() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "nobody");
    TopicPartition partition = new TopicPartition("nowhere", 0);
    long start = System.nanoTime();
    try (KafkaConsumer<String, String> consumer = ConsumerIT.consumer("127.0.0.1:1", settings)) {
      consumer.assign(List.of(partition));
      assertThat(consumer.poll(Duration.ofMillis(200))).isEmpty();
      for (Runnable call :
          List.<Runnable>of(
              () -> consumer.position(partition, Duration.ofMillis(300)),
              () -> consumer.beginningOffsets(List.of(partition), Duration.ofMillis(300)),
              () -> consumer.committed(Set.of(partition), Duration.ofMillis(300)),
              () ->
                  consumer.commitSync(
                      Map.of(partition, new OffsetAndMetadata(1)), Duration.ofMillis(300)),
              () -> consumer.partitionsFor("nowhere", Duration.ofMillis(300)),
              () -> consumer.listTopics(Duration.ofMillis(300)))) {
        assertThatThrownBy(call::run)
            .isInstanceOf(TimeoutException.class)
            .hasMessageContaining("127.0.0.1:1");
      }
      assertThatThrownBy(() -> consumer.partitionsFor("nowhere", Duration.ofMillis(300)))
          .hasMessageContainingAll("partitionsFor()", "topic nowhere", "default.api.timeout.ms");
      consumer.close(CloseOptions.timeout(Duration.ofMillis(300)));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void whatIsMissingIsNamed() {
    try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
      assertThatThrownBy(() -> consumer.poll(LONG))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("subscribe()");
      assertThatThrownBy(() -> consumer.subscribe(List.of("topic")))
          .isInstanceOf(InvalidGroupIdException.class)
          .hasMessageContaining("group.id");
      assertThatThrownBy(consumer::commitSync).isInstanceOf(InvalidGroupIdException.class);
      assertThatThrownBy(consumer::groupMetadata).isInstanceOf(InvalidGroupIdException.class);
      assertThatThrownBy(() -> consumer.seek(new TopicPartition("topic", 0), 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("topic-0");
      consumer.assign(List.of(new TopicPartition("topic", 0)));
      assertThatThrownBy(() -> consumer.seek(new TopicPartition("topic", 0), -1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(consumer::metrics).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void aClosedConsumerSaysSo() {
    KafkaConsumer<String, String> consumer = consumer(Map.of());
    consumer.close();
    consumer.close();
    assertThatThrownBy(() -> consumer.poll(LONG))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(consumer::assignment).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void interruptEndsPollAndCloseAndStays() {
    KafkaConsumer<String, String> consumer =
        consumer(Map.of(ConsumerConfig.GROUP_ID_CONFIG, "interrupted"));
    consumer.subscribe(List.of("interrupted"));
    Thread me = Thread.currentThread();
    Thread interrupter =
        new Thread(
            () -> {
              while (me.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait();
              }
              me.interrupt();
            });
    interrupter.start();
    assertThatThrownBy(() -> consumer.poll(LONG)).isInstanceOf(InterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
    me.interrupt();
    assertThatThrownBy(() -> consumer.poll(LONG)).isInstanceOf(InterruptException.class);
    assertThatThrownBy(consumer::close).isInstanceOf(InterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void otherThreadsMaySeekWhilePollRunsButNotPoll() throws Exception {
    topics.create("threads", 1);
    topics.fill("threads", 1, 10, "none", "value");
    TopicPartition partition = new TopicPartition("threads", 0);
    try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, 10);
      Thread me = Thread.currentThread();
      Throwable[] second = new Throwable[1];
      Thread other =
          new Thread(
              () -> {
                while (me.getState() == Thread.State.RUNNABLE) {
                  Thread.onSpinWait();
                }
                try {
                  consumer.poll(LONG);
                } catch (RuntimeException e) {
                  second[0] = e;
                }
                consumer.seek(partition, 4);
              });
      other.start();
      assertThat(consumer.poll(LONG).iterator().next().offset()).isEqualTo(4);
      other.join();
      assertThat(second[0])
          .isInstanceOf(ConcurrentModificationException.class)
          .hasMessageContaining(me.getName());
    }
  }

  @Test
  void aPositionIsFoundThoughAnotherThreadsPollTakesWhatArrives() throws Exception {
    topics.create("position", 1);
    topics.fill("position", 1, 10, "none", "value");
    TopicPartition partition = new TopicPartition("position", 0);
    try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, 10);
      Thread poller =
          new Thread(
              () ->
                  assertThatThrownBy(() -> consumer.poll(LONG))
                      .isInstanceOf(WakeupException.class));
      poller.start();
      while (poller.getState() == Thread.State.RUNNABLE) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < 20; i++) {
        consumer.seekToEnd(List.of(partition));
        assertThat(consumer.position(partition, LONG)).isEqualTo(10);
      }
      consumer.wakeup();
      poller.join();
    }
  }
}

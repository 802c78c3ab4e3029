package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.clients.producer.RoundRobinPartitioner;
import io.millstream.common.PartitionInfo;
import io.millstream.common.errors.InterruptException;
import io.millstream.common.errors.RecordTooLargeException;
import io.millstream.common.errors.SerializationException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.header.internals.RecordHeader;
import io.millstream.simulation.ShowsEffectOf;
import io.millstream.testing.KafkaClusterExtension;
import io.millstream.testing.KafkaVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The producer against a real broker; Apache's consumer reads what it sent. */
class ProducerIT {

  @RegisterExtension
  static final KafkaClusterExtension KAFKA = KafkaClusterExtension.shared(KafkaVersion.V4_4_0);

  private final ApacheSide apache = new ApacheSide(KAFKA.bootstrapServers());

  private static KafkaProducer<String, String> producer(Object... settings) {
    Map<String, Object> all = new HashMap<>();
    all.put("bootstrap.servers", KAFKA.bootstrapServers());
    for (int i = 0; i < settings.length; i += 2) {
      all.put((String) settings[i], settings[i + 1]);
    }
    return new KafkaProducer<>(all, new TextSerializer(), new TextSerializer());
  }

  @ParameterizedTest
  @CsvSource({
    "none, all",
    "gzip, all",
    "snappy, all",
    "lz4, all",
    "zstd, all",
    "none, 1",
    "none, 0",
    "lz4, 0"
  })
  void everyRecordArrivesAsItWasSent(String codec, String acks) throws Exception {
    String topic = "codec-" + codec + "-" + acks;
    apache.createTopic(topic, 3, 1, Map.of());
    if (acks.equals("0")) {
      // Without answers nobody learns that a broker does not lead a new partition yet.
      awaitLeaders(topic, 3);
    }
    int records = 5_000;
    List<RecordMetadata> told = Collections.synchronizedList(new ArrayList<>());
    // Without idempotence the order outlives a refused request only where no other is under way.
    String inFlight = acks.equals("1") ? "1" : "5";
    try (KafkaProducer<String, String> producer =
        producer(
            "compression.type",
            codec,
            "acks",
            acks,
            "max.in.flight.requests.per.connection",
            inFlight)) {
      for (int i = 0; i < records; i++) {
        String key = i % 7 == 0 ? null : "key-" + i % 100;
        String value = i % 11 == 0 ? null : "value " + i + " ".repeat(i % 200);
        ProducerRecord<String, String> record =
            new ProducerRecord<>(
                topic,
                null,
                1_700_000_000_000L + i,
                key,
                value,
                List.of(new RecordHeader("number", bytes(Integer.toString(i)))));
        producer.send(
            record,
            (metadata, exception) -> {
              if (exception == null) {
                told.add(metadata);
              }
            });
      }
    }
    // With acks 0 the broker may still be at it.
    int expected = acks.equals("0") ? records + 3 : records;
    Map<Integer, List<ConsumerRecord<String, String>>> read = apache.readAll(topic, expected);
    assertThat(told).hasSize(records);
    boolean[] seen = new boolean[records];
    read.forEach(
        (partition, list) -> {
          int last = -1;
          for (ConsumerRecord<String, String> record : list) {
            if (record.headers().lastHeader("number") == null) {
              continue;
            }
            int number = Integer.parseInt(text(record.headers().lastHeader("number").value()));
            assertThat(seen[number]).as("record %d is doubled", number).isFalse();
            seen[number] = true;
            assertThat(record.timestamp()).isEqualTo(1_700_000_000_000L + number);
            assertThat(record.key()).isEqualTo(number % 7 == 0 ? null : "key-" + number % 100);
            assertThat(record.value())
                .isEqualTo(number % 11 == 0 ? null : "value " + number + " ".repeat(number % 200));
            if (record.key() != null) {
              assertThat(partition)
                  .isEqualTo(Utils.toPositive(Utils.murmur2(bytes(record.key()))) % 3);
            }
            assertThat(number).isGreaterThan(last);
            last = number;
          }
        });
    assertThat(seen).doesNotContain(false);
    if (!acks.equals("0")) {
      Map<Integer, List<Long>> offsets = new HashMap<>();
      told.forEach(
          m -> offsets.computeIfAbsent(m.partition(), p -> new ArrayList<>()).add(m.offset()));
      offsets.forEach((p, list) -> assertThat(list).isSorted().hasSize(read.get(p).size()));
    }
  }

  @Test
  void futuresTellWhereTheRecordsStand() throws Exception {
    apache.createTopic("futures", 2, 1, Map.of());
    try (KafkaProducer<String, String> producer = producer()) {
      for (int i = 0; i < 10; i++) {
        RecordMetadata metadata =
            producer.send(new ProducerRecord<>("futures", 1, 42L + i, "k", "value")).get();
        assertThat(metadata.toString()).isEqualTo("futures-1@" + i);
        assertThat(metadata.timestamp()).isEqualTo(42L + i);
        assertThat(metadata.serializedKeySize()).isEqualTo(1);
        assertThat(metadata.serializedValueSize()).isEqualTo(5);
      }
    }
  }

  @Test
  void flushWaitsForAllThatWasSentBefore() throws Exception {
    apache.createTopic("flush", 3, 1, Map.of());
    try (KafkaProducer<String, String> producer = producer("linger.ms", 60_000)) {
      for (int round = 0; round < 5; round++) {
        List<Future<RecordMetadata>> futures = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          futures.add(producer.send(new ProducerRecord<>("flush", "key " + i, "value")));
        }
        producer.flush();
        assertThat(futures).allMatch(Future::isDone);
      }
    }
    assertThat(apache.valuesOf("flush")).hasSize(500);
  }

  @Test
  void flushCoversRecordsOfATopicThatIsNotKnownYet() throws Exception {
    apache.createTopic("flush-unknown", 3, 1, Map.of());
    try (KafkaProducer<String, String> producer = producer("linger.ms", 60_000)) {
      Future<RecordMetadata> future =
          producer.send(new ProducerRecord<>("flush-unknown", "key", "value"));
      producer.flush();
      assertThat(future).isDone();
    }
    assertThat(apache.valuesOf("flush-unknown")).containsExactly("value");
  }

  @Test
  void recordsLargerThanABatchArrive() throws Exception {
    apache.createTopic("big", 2, 1, Map.of("max.message.bytes", "10000000"));
    List<String> sent = new ArrayList<>();
    try (KafkaProducer<String, String> producer =
        producer("max.request.size", 5_000_000, "compression.type", "lz4")) {
      for (int i = 0; i < 20; i++) {
        String value = (i + " ").repeat(100 + i * 40_000);
        sent.add(value);
        producer.send(new ProducerRecord<>("big", 0, null, value));
      }
    }
    assertThat(apache.valuesOf("big")).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "zstd"})
  void batchThatTheBrokerFindsTooLargeIsSplit(String codec) throws Exception {
    String topic = "split-" + codec;
    apache.createTopic(topic, 1, 1, Map.of("max.message.bytes", "3000"));
    List<String> sent = new ArrayList<>();
    List<Future<RecordMetadata>> futures = new ArrayList<>();
    try (KafkaProducer<String, String> producer =
        producer("batch.size", 200_000, "linger.ms", 50, "compression.type", codec)) {
      for (int i = 0; i < 2_000; i++) {
        String value = "value " + i + " " + Integer.toHexString(i * 0x9e3779b9);
        sent.add(value);
        futures.add(producer.send(new ProducerRecord<>(topic, value)));
      }
      producer.flush();
      for (int i = 0; i < futures.size(); i++) {
        assertThat(futures.get(i).get().offset()).isEqualTo(i);
      }
    }
    assertThat(apache.valuesOf(topic)).isEqualTo(sent);
  }

  @Test
  void singleRecordThatTheBrokerFindsTooLargeFailsAndTheOthersArrive() throws Exception {
    apache.createTopic("split-one", 1, 1, Map.of("max.message.bytes", "3000"));
    try (KafkaProducer<String, String> producer = producer("linger.ms", 50)) {
      List<Future<RecordMetadata>> futures = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        String value = i == 4 ? "x".repeat(5_000) : "value " + i;
        futures.add(producer.send(new ProducerRecord<>("split-one", value)));
      }
      producer.flush();
      assertThatThrownBy(() -> futures.get(4).get())
          .cause()
          .isInstanceOf(RecordTooLargeException.class)
          .hasMessageContaining("split-one-0")
          .hasMessageContaining("max.message.bytes");
      for (int i = 0; i < 10; i++) {
        if (i != 4) {
          futures.get(i).get();
        }
      }
    }
    assertThat(apache.valuesOf("split-one"))
        .containsExactly(
            "value 0", "value 1", "value 2", "value 3", "value 5", "value 6", "value 7", "value 8",
            "value 9");
  }

  @Test
  void recordLargerThanAllowedFailsAtOnceWithSizesAndSettings() throws Exception {
    try (KafkaProducer<String, String> producer = producer("buffer.memory", 3_000_000)) {
      AtomicReference<Exception> told = new AtomicReference<>();
      Future<RecordMetadata> future =
          producer.send(
              new ProducerRecord<>("any", "x".repeat(1_100_000)),
              (metadata, exception) -> told.set(exception));
      assertThatThrownBy(future::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isSameAs(told.get())
          .isInstanceOf(RecordTooLargeException.class)
          .hasMessageContaining("any")
          .hasMessageContaining("max.request.size=1048576");
    }
    try (KafkaProducer<String, String> producer = producer("buffer.memory", 100_000)) {
      assertThatThrownBy(
              () -> producer.send(new ProducerRecord<>("any", "x".repeat(200_000))).get())
          .cause()
          .isInstanceOf(RecordTooLargeException.class)
          .hasMessageContaining("buffer.memory=100000");
    }
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void valueOfAnotherTypeIsRefusedWithBothClasses() {
    try (KafkaProducer producer = producer()) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord("any", 17)))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("java.lang.Integer")
          .hasMessageContaining(TextSerializer.class.getName())
          .hasMessageContaining("any");
    }
  }

  @Test
  void partitionThatDoesNotExistFailsAfterMaxBlock() throws Exception {
    apache.createTopic("two", 2, 1, Map.of());
    try (KafkaProducer<String, String> producer = producer("max.block.ms", 1_000)) {
      Future<RecordMetadata> beyond = producer.send(new ProducerRecord<>("two", 2, "k", "beyond"));
      producer.send(new ProducerRecord<>("two", 1, "k", "within")).get();
      assertThatThrownBy(beyond::get)
          .cause()
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("two")
          .hasMessageContaining("2 partitions")
          .hasMessageContaining("max.block.ms=1000 ms");
    }
  }

  @Test
  void partitionsForListsThePartitions() throws Exception {
    apache.createTopic("listed", 4, 1, Map.of());
    try (KafkaProducer<String, String> producer = producer()) {
      assertThat(producer.partitionsFor("listed"))
          .extracting(PartitionInfo::partition)
          .containsExactlyInAnyOrder(0, 1, 2, 3);
    }
  }

  @Test
  @ShowsEffectOf("partitioner.class")
  void ownPartitionerChoosesWithTheClusterInSight() throws Exception {
    apache.createTopic("partitioner", 3, 1, Map.of());
    try (KafkaProducer<String, String> producer =
        producer("partitioner.class", LastPartition.class)) {
      for (int i = 0; i < 10; i++) {
        assertThat(producer.send(new ProducerRecord<>("partitioner", "v")).get().partition())
            .isEqualTo(2);
      }
    }
  }

  @Test
  void roundRobinGivesEveryPartitionTheSame() throws Exception {
    apache.createTopic("in-turn", 3, 1, Map.of());
    try (KafkaProducer<String, String> producer =
        producer("partitioner.class", RoundRobinPartitioner.class.getName())) {
      int[] records = new int[3];
      for (int i = 0; i < 30; i++) {
        records[producer.send(new ProducerRecord<>("in-turn", "one key", "v")).get().partition()]++;
      }
      assertThat(records).containsExactly(10, 10, 10);
    }
  }

  @Test
  void closedProducerRefusesWithAClearText() {
    KafkaProducer<String, String> producer = producer("client.id", "the-closed-one");
    producer.close();
    producer.close();
    assertThatThrownBy(() -> producer.send(new ProducerRecord<>("any", "value")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the-closed-one")
        .hasMessageContaining("closed");
    assertThatThrownBy(producer::flush).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> producer.partitionsFor("any"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingWithoutTimeFailsWhatWaits() throws Exception {
    apache.createTopic("abort", 1, 1, Map.of());
    KafkaProducer<String, String> producer = producer("linger.ms", 60_000);
    producer.send(new ProducerRecord<>("abort", "first"));
    producer.flush();
    ConcurrentLinkedQueue<Exception> told = new ConcurrentLinkedQueue<>();
    List<Future<RecordMetadata>> futures = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      futures.add(
          producer.send(
              new ProducerRecord<>("abort", "value"),
              (metadata, exception) -> told.add(exception)));
    }
    producer.close(Duration.ZERO);
    assertThat(told).hasSize(10);
    for (Future<RecordMetadata> future : futures) {
      assertThatThrownBy(() -> future.get(1, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("abort-0")
          .hasMessageContaining("closed");
    }
    assertThat(apache.valuesOf("abort")).containsExactly("first");
  }

  @Test
  void insideACallbackNothingWaitsAndSendingGoesOn() throws Exception {
    apache.createTopic("callback", 1, 1, Map.of());
    KafkaProducer<String, String> producer = producer();
    ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    CountDownLatch done = new CountDownLatch(1);
    producer.send(
        new ProducerRecord<>("callback", "first"),
        (metadata, exception) -> {
          try {
            producer.flush();
          } catch (IllegalStateException e) {
            thrown.add(e);
          }
          Future<RecordMetadata> second = producer.send(new ProducerRecord<>("callback", "second"));
          try {
            second.get();
          } catch (IllegalStateException | InterruptedException | ExecutionException e) {
            thrown.add(e);
          }
          producer.close();
          done.countDown();
          throw new IllegalArgumentException("thrown by a callback on purpose");
        });
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(thrown).hasSize(2).allMatch(IllegalStateException.class::isInstance);
    producer.close();
    assertThat(apache.valuesOf("callback")).containsExactly("first", "second");
  }

  @Test
  void interruptedFlushKeepsTheStatusAndSendsAllTheSame() throws Exception {
    apache.createTopic("interrupt", 1, 1, Map.of());
    try (KafkaProducer<String, String> producer = producer()) {
      producer.send(new ProducerRecord<>("interrupt", "value"));
      Thread.currentThread().interrupt();
      assertThatThrownBy(producer::flush).isInstanceOf(InterruptException.class);
      assertThat(Thread.interrupted()).isTrue();
      producer.flush();
    }
    assertThat(apache.valuesOf("interrupt")).containsExactly("value");
  }

  @Test
  void smallBufferHoldsCallersBackAndLosesNothing() throws Exception {
    apache.createTopic("small-buffer", 3, 1, Map.of());
    int threads = 4;
    int each = 2_000;
    try (KafkaProducer<String, String> producer =
        producer("buffer.memory", 65_536, "compression.type", "lz4")) {
      List<Thread> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String name = "thread " + t;
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < each; i++) {
                    producer.send(
                        new ProducerRecord<>(
                            "small-buffer", name, name + " " + "x".repeat(i % 500)));
                  }
                });
        running.add(thread);
        thread.start();
      }
      for (Thread thread : running) {
        thread.join();
      }
    }
    assertThat(apache.valuesOf("small-buffer")).hasSize(threads * each);
  }

  private static void awaitLeaders(String topic, int partitions) throws Exception {
    try (KafkaProducer<String, String> producer = producer()) {
      for (int i = 0; i < partitions; i++) {
        producer.send(new ProducerRecord<>(topic, i, null, "first")).get();
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

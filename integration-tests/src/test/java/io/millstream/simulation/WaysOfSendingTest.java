package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerConfig;
import io.millstream.clients.producer.ProducerInterceptor;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.clients.producer.RoundRobinPartitioner;
import io.millstream.clients.producer.SendAttempt;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.common.errors.RecordTooLargeException;
import io.millstream.common.header.Headers;
import io.millstream.common.serialization.ByteArraySerializer;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.fake.FakeCluster;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code sendAsync} and {@code trySend}. */
class WaysOfSendingTest {

  private static final String TOPIC = "sent";

  private final Simulation simulation = new Simulation(1, NetworkConditions.calm());
  private final FakeCluster cluster =
      FakeCluster.builder().brokers(1).autoCreateTopics(false).startIn(simulation);
  private final List<String> events = new ArrayList<>();

  @BeforeEach
  void createTopic() {
    Seeds.silence();
    cluster.createTopic(TOPIC, 2);
  }

  /** Notes what could not be sent. */
  private final class Noting implements ProducerInterceptor<String, byte[]> {

    @Override
    public ProducerRecord<String, byte[]> onSend(ProducerRecord<String, byte[]> record) {
      return record;
    }

    @Override
    public void onAcknowledgement(
        @Nullable RecordMetadata metadata, @Nullable Exception exception, Headers headers) {
      if (exception != null) {
        events.add("interceptor: " + exception.getClass().getSimpleName());
      }
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
  }

  private KafkaProducer<String, byte[]> producer(Map<String, Object> own) {
    Map<String, Object> configs = new HashMap<>();
    configs.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
    configs.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    configs.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    configs.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 32_768);
    configs.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 20_000);
    configs.put(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, List.of(new Noting()));
    configs.putAll(own);
    return SimulatedProducers.create(configs, simulation.environment("sender"));
  }

  private static ProducerRecord<String, byte[]> record(int bytes) {
    return new ProducerRecord<>(TOPIC, 0, null, new byte[bytes]);
  }

  private SendAttempt attempt(KafkaProducer<String, byte[]> producer, int bytes) {
    return producer.trySend(record(bytes), (metadata, exception) -> events.add("callback"));
  }

  private static SendAttempt.Refused refused(SendAttempt attempt) {
    assertThat(attempt.isTaken()).isFalse();
    return (SendAttempt.Refused) attempt;
  }

  @Test
  void stageOfSendAsyncCompletesWithTheRecordsPlace() {
    KafkaProducer<String, byte[]> producer = producer(Map.of());
    CompletableFuture<String> place =
        producer.sendAsync(record(1)).thenApply(metadata -> metadata + " on the way");
    assertThat(place).isNotDone();
    producer.flush();
    assertThat(place).isCompletedWithValue("sent-0@0 on the way");
    producer.close();
  }

  @Test
  void stageOfSendAsyncFailsForARecordThatIsNotTaken() {
    KafkaProducer<String, byte[]> producer = producer(Map.of());
    assertThat(producer.sendAsync(record(30_000)))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(RecordTooLargeException.class);
    producer.close();
  }

  @Test
  void trySendTakesUntilTheBufferIsFullAndAgainOnceItIsSent() {
    KafkaProducer<String, byte[]> producer = producer(Map.of());
    producer.partitionsFor(TOPIC);
    int taken = 0;
    SendAttempt attempt = attempt(producer, 4_000);
    while (attempt.isTaken()) {
      taken++;
      attempt = attempt(producer, 4_000);
    }
    assertThat(taken).isBetween(4, 8);
    assertThat(refused(attempt).reason()).isEqualTo(SendAttempt.Reason.BUFFER_FULL);
    assertThat(refused(attempt).exception())
        .hasMessageContaining("buffer.memory=32768")
        .hasMessageContaining("trySend() does not wait");
    assertThat(events).containsExactly("interceptor: BufferExhaustedException");

    producer.flush();
    assertThat(attempt(producer, 4_000).isTaken()).isTrue();
    producer.close();
    assertThat(cluster.records(TOPIC, 0)).hasSize(taken + 1);
    assertThat(events).filteredOn("callback"::equals).hasSize(taken + 1);
  }

  @Test
  void trySendTakesARecordOfATopicThatIsNotKnownYet() {
    KafkaProducer<String, byte[]> producer = producer(Map.of());
    assertThat(attempt(producer, 10).isTaken()).isTrue();
    producer.close();
    assertThat(cluster.records(TOPIC, 0)).hasSize(1);
    assertThat(events).containsExactly("callback");
  }

  @Test
  void trySendDoesNotWaitForTheTopicThatAPartitionerNeedsButHasItAskedFor() {
    KafkaProducer<String, byte[]> producer =
        producer(Map.of(ProducerConfig.PARTITIONER_CLASS_CONFIG, RoundRobinPartitioner.class));
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(TOPIC, new byte[1]);
    long before = simulation.nanoTime();
    SendAttempt.Refused first = refused(producer.trySend(record, null));
    assertThat(simulation.nanoTime()).as("it has not waited").isEqualTo(before);
    assertThat(first.reason()).isEqualTo(SendAttempt.Reason.TOPIC_NOT_KNOWN);
    assertThat(first.exception()).hasMessageContaining("topic sent").hasMessageContaining("asked");

    simulation.run(Duration.ofSeconds(5));
    assertThat(producer.trySend(record, null).isTaken()).isTrue();
    producer.close();
  }

  @Test
  void trySendTellsTheCallbackNothingOfARecordThatCanNeverBeSent() {
    KafkaProducer<String, byte[]> producer = producer(Map.of());
    SendAttempt.Refused refused = refused(attempt(producer, 30_000));
    assertThat(refused.reason()).isEqualTo(SendAttempt.Reason.RECORD_REFUSED);
    assertThat(refused.exception()).isInstanceOf(RecordTooLargeException.class);
    assertThat(events).containsExactly("interceptor: RecordTooLargeException");
    producer.close();
  }

  @Test
  void trySendWaitsNeitherNorThrowsWhereTheThreadIsInterrupted() {
    KafkaProducer<String, byte[]> producer = producer(Map.of());
    Thread.currentThread().interrupt();
    try {
      while (attempt(producer, 4_000).isTaken()) {
        events.add("taken");
      }
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(events).contains("taken").endsWith("interceptor: BufferExhaustedException");
    producer.close();
  }

  @Test
  void aRecordThatTrySendRefusesLeavesItsTransactionAsItIs() {
    KafkaProducer<String, byte[]> producer =
        producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "writer"));
    producer.initTransactions();
    producer.beginTransaction();
    attempt(producer, 10);
    refused(attempt(producer, 30_000));
    producer.commitTransaction();
    producer.close();
    assertThat(events).containsExactly("interceptor: RecordTooLargeException", "callback");
  }

  @Test
  void aClosedProducerThrows() {
    KafkaProducer<String, byte[]> producer = producer(Map.of());
    producer.close();
    assertThatThrownBy(() -> producer.trySend(record(1), null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> producer.sendAsync(record(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}

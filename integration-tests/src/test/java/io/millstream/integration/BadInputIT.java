package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.admin.Admin;
import io.millstream.clients.admin.CreateTopicsOptions;
import io.millstream.clients.admin.NewTopic;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.InterruptException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.common.serialization.StringSerializer;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaClusterExtension;
import io.millstream.testing.KafkaVersion;
import io.millstream.testing.fake.FakeCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a user may get wrong about brokers and threads: each error in time, with what to do. */
class BadInputIT {

  @RegisterExtension
  static final KafkaClusterExtension KAFKA =
      KafkaClusterExtension.own(
          KafkaCluster.builder(KafkaVersion.V4_4_0).property("auto.create.topics.enable", "false"));

  private static final int PATIENCE_MILLIS = 2_000;
  // Two cores that run a broker too may be busy for a while.
  private static final Duration LATEST = Duration.ofMillis(PATIENCE_MILLIS + 8_000);

  @Test
  void noBrokerThere() throws Exception {
    String address = unusedAddress();
    eachClientSays(address, address, "Connection refused", "bootstrap.servers");
  }

  @Test
  void nameThatDoesNotResolve() throws Exception {
    eachClientSays("no-such-host.invalid:9092", "no-such-host.invalid", "bootstrap.servers");
  }

  @Test
  void webServerInsteadOfABroker() throws Exception {
    try (StrangeServer server = StrangeServer.http()) {
      eachClientSays(
          server.address(), server.address(), "answered with HTTP", "check host and port");
    }
  }

  @Test
  void portForEncryptedConnections() throws Exception {
    try (StrangeServer server = StrangeServer.tls()) {
      eachClientSays(
          server.address(), server.address(), "answered with TLS", "security.protocol to SSL");
    }
  }

  @Test
  void portThatSaysNothing() throws Exception {
    try (StrangeServer server = StrangeServer.silent()) {
      eachClientSays(server.address(), server.address(), "probably this port expects TLS");
    }
  }

  @Test
  void portThatHasSaidNothingYetWhenTheCallIsOver() throws Exception {
    Map<String, Object> patient =
        Map.of("max.block.ms", PATIENCE_MILLIS, "socket.connection.setup.timeout.ms", 30_000);
    try (StrangeServer server = StrangeServer.silent();
        KafkaProducer<String, String> producer = producer(server.address(), patient)) {
      Future<RecordMetadata> sent = producer.send(new ProducerRecord<>("any", "value"));
      inTime(() -> get(sent), server.address(), "has not answered yet", "check");
    }
  }

  @Test
  void unknownTopicWhereBrokersCreateNone() {
    try (KafkaProducer<String, String> producer = producer(KAFKA.bootstrapServers())) {
      Future<RecordMetadata> sent = producer.send(new ProducerRecord<>("misspelt", "value"));
      inTime(
          () -> get(sent),
          "misspelt",
          "UNKNOWN_TOPIC_OR_PARTITION",
          "create the topic, or check its name");
    }
    try (KafkaConsumer<String, String> consumer = consumer(KAFKA.bootstrapServers())) {
      TopicPartition partition = new TopicPartition("misspelt", 0);
      consumer.assign(List.of(partition));
      inTime(
          () -> consumer.position(partition, Duration.ofMillis(PATIENCE_MILLIS)),
          "misspelt",
          "UNKNOWN_TOPIC_OR_PARTITION");
    }
  }

  @Test
  void closedClientSaysSo() {
    KafkaProducer<String, String> producer = producer(KAFKA.bootstrapServers());
    producer.close();
    assertThatThrownBy(() -> producer.send(new ProducerRecord<>("any", "value")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    producer.close();
    KafkaConsumer<String, String> consumer = consumer(KAFKA.bootstrapServers());
    consumer.close();
    assertThatThrownBy(() -> consumer.poll(Duration.ZERO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    consumer.close();
  }

  @Test
  void closingWithoutTimeOutEndsWhenWhatWaitedHasFailed() throws Exception {
    KafkaProducer<String, String> producer = producer(unusedAddress());
    Future<RecordMetadata> sent = producer.send(new ProducerRecord<>("any", "value"));
    Thread closer = new Thread(producer::close, "closer");
    closer.setDaemon(true);
    closer.start();
    closer.join(LATEST.toMillis());
    assertThat(closer.isAlive()).as("still waits").isFalse();
    inTime(() -> get(sent), "max.block.ms", "Connection refused");
  }

  @Test
  void interruptDuringSend() throws Exception {
    try (KafkaProducer<String, String> producer =
        producer(unusedAddress(), Map.of("buffer.memory", 32_768, "max.block.ms", 60_000))) {
      interrupted(
          () -> {
            // More than there is memory for, so that a send has to wait.
            while (true) {
              producer.send(new ProducerRecord<>("any", "x".repeat(10_000)));
            }
          });
      producer.close(Duration.ZERO);
    }
  }

  @Test
  void interruptDuringPoll() throws Exception {
    createTopic("quiet");
    try (KafkaConsumer<String, String> consumer = consumer(KAFKA.bootstrapServers())) {
      consumer.assign(List.of(new TopicPartition("quiet", 0)));
      interrupted(() -> consumer.poll(Duration.ofSeconds(60)));
      // The consumer goes on as if nothing had been.
      assertThat(consumer.poll(Duration.ofMillis(100))).isEmpty();
    }
  }

  @Test
  void interruptDuringCloseOfAProducer() throws Exception {
    KafkaProducer<String, String> producer = producer(unusedAddress());
    Future<RecordMetadata> pending = producer.send(new ProducerRecord<>("any", "value"));
    interrupted(() -> producer.close(Duration.ofSeconds(60)));
    assertThatThrownBy(() -> get(pending)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void interruptDuringCloseOfAConsumer() throws Exception {
    createTopic("left");
    KafkaConsumer<String, String> consumer = consumer(KAFKA.bootstrapServers());
    consumer.assign(List.of(new TopicPartition("left", 0)));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(consumer::close).isInstanceOf(InterruptException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    consumer.close();
  }

  @Test
  void interruptWhileAConsumerThatClosesWaitsForItsCommit() throws Exception {
    try (FakeCluster frozen = FakeCluster.builder().start()) {
      frozen.createTopic("read", 1);
      frozen.append("read", 0, null, new byte[1]);
      KafkaConsumer<String, String> consumer =
          consumer(frozen.bootstrapServers(), Map.of("group.id", "readers"));
      consumer.subscribe(List.of("read"));
      while (consumer.poll(Duration.ofSeconds(1)).isEmpty()) {
        // until it has something to commit
      }
      frozen.freezeBroker(1);

      interrupted(consumer::close);
    }
  }

  private static void eachClientSays(String address, String... texts) throws Exception {
    try (KafkaProducer<String, String> producer = producer(address)) {
      Future<RecordMetadata> sent = producer.send(new ProducerRecord<>("any", "value"));
      inTime(() -> get(sent), texts);
    }
    try (KafkaConsumer<String, String> consumer = consumer(address)) {
      TopicPartition partition = new TopicPartition("any", 0);
      consumer.assign(List.of(partition));
      inTime(() -> consumer.position(partition, Duration.ofMillis(PATIENCE_MILLIS)), texts);
    }
    try (Admin admin = Admin.create(settings(address))) {
      inTime(
          () ->
              get(
                  admin
                      .createTopics(
                          List.of(new NewTopic("any", 1, (short) 1)),
                          new CreateTopicsOptions().timeoutMs(PATIENCE_MILLIS))
                      .all()),
          texts);
    }
  }

  /** Fails with a time-out of ours, not too late, and with all these texts. */
  private static void inTime(ThrowingCallable call, String... texts) {
    long start = System.nanoTime();
    assertThatThrownBy(call).isInstanceOf(TimeoutException.class).hasMessageContainingAll(texts);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LATEST);
  }

  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      assertThat(failed.getCause()).isInstanceOf(RuntimeException.class);
      throw (RuntimeException) failed.getCause();
    }
  }

  /** Runs a call on a thread of its own and interrupts it when it waits. */
  private static void interrupted(ThrowingCallable call) throws Exception {
    Throwable[] thrown = new Throwable[1];
    boolean[] status = new boolean[1];
    Thread thread =
        new Thread(
            () -> {
              try {
                call.call();
              } catch (Throwable e) {
                thrown[0] = e;
              }
              status[0] = Thread.currentThread().isInterrupted();
            },
            "interrupted");
    thread.setDaemon(true);
    thread.start();
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (thread.getState() != Thread.State.TIMED_WAITING
        && thread.getState() != Thread.State.WAITING) {
      assertThat(thread.isAlive()).as("waits, but: " + thrown[0]).isTrue();
      assertThat(System.nanoTime()).as("deadline to wait").isLessThan(deadline);
      Thread.onSpinWait();
    }
    thread.interrupt();
    thread.join(Duration.ofSeconds(10).toMillis());
    assertThat(thread.isAlive()).as("still waits").isFalse();
    assertThat(thrown[0]).isInstanceOf(InterruptException.class);
    assertThat(status[0]).as("interrupted status, as InterruptException sets it").isTrue();
  }

  private static void createTopic(String topic) throws Exception {
    try (Admin admin = Admin.create(settings(KAFKA.bootstrapServers()))) {
      get(admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all());
    }
  }

  private static String unusedAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }

  private static Map<String, Object> settings(String address) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", address);
    settings.put("socket.connection.setup.timeout.ms", 500);
    return settings;
  }

  private static KafkaProducer<String, String> producer(String address) {
    return producer(address, Map.of("max.block.ms", PATIENCE_MILLIS));
  }

  private static KafkaProducer<String, String> producer(String address, Map<String, Object> more) {
    Map<String, Object> settings = settings(address);
    // A test that fails closes its producer too, and should not wait long for that.
    settings.put("request.timeout.ms", PATIENCE_MILLIS);
    settings.put("delivery.timeout.ms", 2 * PATIENCE_MILLIS);
    settings.put("key.serializer", StringSerializer.class);
    settings.put("value.serializer", StringSerializer.class);
    settings.putAll(more);
    return new KafkaProducer<>(settings);
  }

  private static KafkaConsumer<String, String> consumer(String address) {
    return consumer(address, Map.of());
  }

  private static KafkaConsumer<String, String> consumer(String address, Map<String, Object> more) {
    Map<String, Object> settings = settings(address);
    settings.putAll(more);
    settings.put("key.deserializer", StringDeserializer.class);
    settings.put("value.deserializer", StringDeserializer.class);
    settings.put("auto.offset.reset", "earliest");
    return new KafkaConsumer<>(settings);
  }
}

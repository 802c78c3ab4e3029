package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.testing.fake.FakeCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole producer that several threads use, against a fake broker on real sockets. */
@Timeout(120)
class ProducerThreadsTest {

  private static final String TOPIC = "shared";
  private static final int PARTITIONS = 3;
  private static final int THREADS = 4;

  private final FakeCluster cluster = FakeCluster.builder().start();
  private final ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger told = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  private KafkaProducer<String, String> producer(Object... settings) {
    Map<String, Object> all = new HashMap<>();
    all.put("bootstrap.servers", cluster.bootstrapServers());
    for (int i = 0; i < settings.length; i += 2) {
      all.put((String) settings[i], settings[i + 1]);
    }
    return new KafkaProducer<>(all, new TextSerializer(), new TextSerializer());
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private Future<RecordMetadata> send(KafkaProducer<String, String> producer, int number) {
    return producer.send(
        new ProducerRecord<>(TOPIC, number % 5 == 0 ? null : "key " + number, "value " + number),
        (metadata, exception) -> {
          told.incrementAndGet();
          if (exception != null) {
            failed.incrementAndGet();
          }
        });
  }

  private List<Thread> start(Runnable body) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  body.run();
                } catch (RuntimeException | AssertionError e) {
                  wrong.add(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    return threads;
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private int stored() {
    int records = 0;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      records += cluster.records(TOPIC, partition).size();
    }
    return records;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3, 60_000})
  void closingWhileThreadsSendEndsEveryRecordOnce(long closeMillis) throws Exception {
    cluster.createTopic(TOPIC, PARTITIONS);
    int taken = 0;
    for (int round = 0; round < 10; round++) {
      KafkaProducer<String, String> producer =
          producer("compression.type", round % 2 == 0 ? "none" : "lz4");
      ConcurrentLinkedQueue<Future<RecordMetadata>> futures = new ConcurrentLinkedQueue<>();
      CountDownLatch underWay = new CountDownLatch(500 * round + 1);
      List<Thread> threads =
          start(
              () -> {
                for (int number = 0; number < Integer.MAX_VALUE; number++) {
                  try {
                    futures.add(send(producer, number));
                  } catch (IllegalStateException closed) {
                    return;
                  }
                  underWay.countDown();
                }
              });
      assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();
      producer.close(Duration.ofMillis(closeMillis));
      join(threads);
      assertThat(futures).allMatch(Future::isDone);
      taken += futures.size();
      assertThat(told).hasValue(taken);
    }
    assertThat(wrong).isEmpty();
    if (closeMillis == 60_000) {
      assertThat(failed).hasValue(0);
      assertThat(stored()).isEqualTo(taken);
    }
  }

  @Test
  void flushesOfSeveralThreadsCoverWhatEachHasSent() throws Exception {
    cluster.createTopic(TOPIC, PARTITIONS);
    try (KafkaProducer<String, String> producer =
        producer("linger.ms", 60_000, "buffer.memory", 60_000, "compression.type", "lz4")) {
      join(
          start(
              () -> {
                for (int round = 0; round < 50; round++) {
                  List<Future<RecordMetadata>> futures = new ArrayList<>();
                  for (int number = 0; number < 40; number++) {
                    futures.add(send(producer, number));
                  }
                  producer.flush();
                  assertThat(futures).allMatch(Future::isDone);
                }
              }));
    }
    assertThat(wrong).isEmpty();
    assertThat(failed).hasValue(0);
    assertThat(stored()).isEqualTo(THREADS * 50 * 40);
  }

  @Test
  void fullMemoryIsSentAtOnceHoweverLongTheLinger() throws Exception {
    cluster.createTopic(TOPIC, PARTITIONS);
    try (KafkaProducer<String, String> producer =
        producer("linger.ms", 600_000, "delivery.timeout.ms", 700_000, "buffer.memory", 10_000)) {
      join(
          start(
              () -> {
                for (int number = 0; number < 1_000; number++) {
                  send(producer, number);
                }
              }));
    }
    assertThat(wrong).isEmpty();
    assertThat(stored()).isEqualTo(THREADS * 1_000);
  }

  @Test
  void fatalErrorInACallbackEndsTheProducerAndAllRecords() throws Exception {
    cluster.createTopic(TOPIC, PARTITIONS);
    KafkaProducer<String, String> producer = producer("linger.ms", 20);
    List<Future<RecordMetadata>> futures = new ArrayList<>();
    Queue<Integer> told = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      futures.add(
          producer.send(
              new ProducerRecord<>(TOPIC, "value"),
              (metadata, exception) -> {
                told.add(number);
                if (number == 10) {
                  throw new InternalError("made by the test");
                }
              }));
    }
    assertThatThrownBy(
            () -> {
              while (futures.size() < Integer.MAX_VALUE) {
                futures.add(producer.send(new ProducerRecord<>(TOPIC, "value")));
                // Each is looked at below; there need not be hundreds of thousands of them.
                LockSupport.parkNanos(100_000);
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("unusable")
        .hasMessageContaining("made by the test");
    for (Future<RecordMetadata> future : futures) {
      try {
        future.get(30, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        assertThat(e).hasMessageContaining("event loop");
      }
    }
    producer.close();
    assertThat(told).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void fatalErrorInACallbackOfARecordThatClosingFailsKeepsNoOtherRecordWaiting() throws Exception {
    cluster.createTopic(TOPIC, PARTITIONS);
    KafkaProducer<String, String> producer = producer("linger.ms", 60_000);
    producer.partitionsFor(TOPIC);
    List<Future<RecordMetadata>> futures = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      futures.add(
          producer.send(
              new ProducerRecord<>(TOPIC, partition, null, "value"),
              (metadata, exception) -> {
                throw new InternalError("made by the test");
              }));
    }
    producer.close(Duration.ZERO);
    for (Future<RecordMetadata> future : futures) {
      assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
    }
  }
}

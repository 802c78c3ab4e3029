package io.millstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.common.KafkaException;
import io.millstream.common.errors.ProducerFencedException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.serialization.StringSerializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Writes transaction after transaction on a thread of its own, and notes how each ended. */
final class TransactionWriter {

  private enum Told {
    COMMITTED,
    ABORTED,
    NOTHING
  }

  private static final class Written {
    private final Map<Integer, List<String>> values = new TreeMap<>();
    private Told told = Told.NOTHING;
  }

  private final String servers;
  private final String topic;
  private final int partitions;
  private final Random random = new Random(7);
  private final Map<String, Written> transactions = new LinkedHashMap<>();
  private final AtomicInteger commits = new AtomicInteger();
  private final Thread thread;
  private volatile boolean finishing;
  private volatile @Nullable Throwable died;

  TransactionWriter(String servers, String topic, int partitions) {
    this.servers = servers;
    this.topic = topic;
    this.partitions = partitions;
    thread = new Thread(this::run, "transaction-writer");
    thread.start();
  }

  private void run() {
    try {
      KafkaProducer<String, String> producer = instance();
      while (!finishing) {
        if (!transact(producer)) {
          producer.close();
          producer = instance();
        }
      }
      producer.close();
    } catch (RuntimeException | Error e) {
      died = e;
    }
  }

  private KafkaProducer<String, String> instance() {
    KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "transactional.id", "writer"),
            new StringSerializer(),
            new StringSerializer());
    call(producer::initTransactions);
    return producer;
  }

  private static void call(Runnable method) {
    while (true) {
      try {
        method.run();
        return;
      } catch (TimeoutException e) {
        // The same call waits on.
      }
    }
  }

  /** Runs one transaction; says whether its producer can go on. */
  private boolean transact(KafkaProducer<String, String> producer) {
    String id = "t" + transactions.size();
    Written written = new Written();
    transactions.put(id, written);
    try {
      producer.beginTransaction();
      try {
        int records = 1 + random.nextInt(20);
        for (int i = 0; i < records; i++) {
          int partition = random.nextInt(partitions);
          String value = id + "/" + i;
          written.values.computeIfAbsent(partition, any -> new ArrayList<>()).add(value);
          producer.send(new ProducerRecord<>(topic, partition, null, value));
        }
        if (random.nextInt(5) == 0) {
          abort(producer, written);
        } else {
          call(producer::commitTransaction);
          written.told = Told.COMMITTED;
          commits.incrementAndGet();
        }
      } catch (ProducerFencedException e) {
        throw e;
      } catch (KafkaException e) {
        abort(producer, written);
      }
      return true;
    } catch (KafkaException e) {
      return false;
    }
  }

  private static void abort(KafkaProducer<String, String> producer, Written written) {
    call(producer::abortTransaction);
    written.told = Told.ABORTED;
  }

  /** Waits for so many more commits. */
  void awaitCommits(int more, long seconds) throws InterruptedException {
    int wanted = commits.get() + more;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (commits.get() < wanted) {
      assertThat(died).as("what the writer died of").isNull();
      assertThat(System.nanoTime()).as("commits within %d s", seconds).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  void finish() throws InterruptedException {
    finishing = true;
    thread.join();
    assertThat(died).as("what the writer died of").isNull();
  }

  long committed() {
    return count(Told.COMMITTED);
  }

  long aborted() {
    return count(Told.ABORTED);
  }

  long untold() {
    return count(Told.NOTHING);
  }

  private long count(Told told) {
    return transactions.values().stream().filter(written -> written.told == told).count();
  }

  /** Compares with what a reader of committed records has seen. */
  void check(Map<Integer, List<String>> committed) {
    Map<String, Map<Integer, List<String>>> seen = new LinkedHashMap<>();
    committed.forEach(
        (partition, values) ->
            values.forEach(
                value ->
                    seen.computeIfAbsent(
                            value.substring(0, value.indexOf('/')), id -> new TreeMap<>())
                        .computeIfAbsent(partition, any -> new ArrayList<>())
                        .add(value)));
    transactions.forEach(
        (id, written) -> {
          Map<Integer, List<String>> mine = seen.getOrDefault(id, Map.of());
          switch (written.told) {
            case COMMITTED -> assertThat(mine).as("committed %s", id).isEqualTo(written.values);
            case ABORTED -> assertThat(mine).as("aborted %s", id).isEmpty();
            case NOTHING -> {
              if (!mine.isEmpty()) {
                assertThat(mine).as("%s, whole or not at all", id).isEqualTo(written.values);
              }
            }
          }
        });
  }
}

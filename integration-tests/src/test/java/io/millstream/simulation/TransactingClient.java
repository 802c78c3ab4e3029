package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.SimulatedProducers;
import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.ProducerFencedException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.serialization.StringSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * An application that writes in transactions under one transactional id, as instances of it come
 * and go, and notes what it was told of each.
 */
final class TransactingClient {

  private static final int TRANSACTION_TIMEOUT_MILLIS = 10_000;
  private static final int MOST_CALLS = 100;

  /** What the application knows of a transaction. */
  private enum Told {
    COMMITTED,
    ABORTED,
    /** Its producer could not go on while it was ended. */
    NOTHING
  }

  /** A transaction: what it wrote to each partition, and the offset that belongs to it. */
  private static final class Written {
    private final Map<Integer, List<String>> values = new TreeMap<>();
    private long offset = -1;
    private Told asked = Told.NOTHING;
    private Told told = Told.NOTHING;
  }

  private final TransactionWorld world;
  private final SplittableRandom random;
  private final String name;
  private final Map<String, Written> transactions = new LinkedHashMap<>();
  private KafkaProducer<String, String> producer;
  private final boolean amongFaults;
  private int instances;

  /**
   * Creates the first instance.
   *
   * @param amongFaults whether things go wrong and other instances take over
   */
  TransactingClient(TransactionWorld world, int number, boolean amongFaults) {
    this.world = world;
    this.amongFaults = amongFaults;
    this.name = "app-" + number;
    random = world.random().split();
    producer = instance();
  }

  private KafkaProducer<String, String> instance() {
    String clientId = name + "-" + ++instances;
    Map<String, Object> settings = new TreeMap<>();
    settings.put("bootstrap.servers", world.cluster().bootstrapServers());
    settings.put("client.id", clientId);
    settings.put("transactional.id", name);
    settings.put("transaction.timeout.ms", TRANSACTION_TIMEOUT_MILLIS);
    settings.put("key.serializer", StringSerializer.class);
    settings.put("value.serializer", StringSerializer.class);
    settings.put("linger.ms", random.nextInt(3) * 40);
    settings.put("batch.size", 200 << random.nextInt(6));
    settings.put("request.timeout.ms", 2_000);
    settings.put("delivery.timeout.ms", 6_000);
    settings.put("max.block.ms", 5_000);
    KafkaProducer<String, String> created =
        SimulatedProducers.create(settings, world.simulation().environment(clientId));
    call(created::initTransactions);
    return created;
  }

  /** Calls again whenever there was no time enough, as the contract says. */
  private static void call(Runnable method) {
    for (int calls = 1; ; calls++) {
      try {
        method.run();
        return;
      } catch (TimeoutException e) {
        assertThat(calls)
            .as("calls, the last of which says %s", e.getMessage())
            .isLessThan(MOST_CALLS);
      }
    }
  }

  /** Runs one transaction to whatever end. */
  void transact() {
    String id = name + "#" + transactions.size();
    Written written = new Written();
    transactions.put(id, written);
    boolean taken = false;
    try {
      producer.beginTransaction();
      try {
        write(id, written);
        if (random.nextInt(8) == 0) {
          // Longer than the coordinator lets a transaction be open.
          written.asked = Told.ABORTED;
          world.simulation().run(Duration.ofMillis(TRANSACTION_TIMEOUT_MILLIS + 1_000));
        }
        if (amongFaults && random.nextInt(10) == 0) {
          taken = true;
        } else if (random.nextInt(4) == 0) {
          written.asked = Told.ABORTED;
          abort(written);
        } else {
          written.asked = written.asked == Told.NOTHING ? Told.COMMITTED : written.asked;
          call(producer::commitTransaction);
          written.told = Told.COMMITTED;
        }
      } catch (ProducerFencedException e) {
        throw e;
      } catch (KafkaException e) {
        abort(written);
      }
    } catch (KafkaException e) {
      // Only another instance can go on; what became of the transaction was not told.
      replace();
    }
    if (taken) {
      takeOver(id, written);
    }
  }

  private void write(String id, Written written) {
    int records = 1 + random.nextInt(12);
    for (int i = 0; i < records; i++) {
      int partition = random.nextInt(TransactionWorld.PARTITIONS);
      String value = id + "/" + i + "/" + "x".repeat(random.nextInt(200));
      written.values.computeIfAbsent(partition, any -> new ArrayList<>()).add(value);
      producer.send(new ProducerRecord<>(TransactionWorld.TOPIC, partition, null, value));
      if (amongFaults && random.nextInt(10) == 0) {
        world.disturb();
      }
      if (random.nextInt(6) == 0) {
        world.simulation().run(Duration.ofMillis(random.nextInt(400)));
      }
    }
    if (random.nextInt(3) == 0) {
      long offset = transactions.size();
      written.offset = offset;
      call(
          () ->
              producer.sendOffsetsToTransaction(
                  Map.of(
                      new TopicPartition(TransactionWorld.TOPIC, 0), new OffsetAndMetadata(offset)),
                  new ConsumerGroupMetadata(name)));
    }
  }

  private void abort(Written written) {
    call(producer::abortTransaction);
    written.told = Told.ABORTED;
  }

  private void replace() {
    producer.close(Duration.ZERO);
    producer = instance();
  }

  /** Another instance begins while this one is in the middle of a transaction, and fences it. */
  private void takeOver(String id, Written written) {
    KafkaProducer<String, String> old = producer;
    producer = instance();
    written.told = Told.ABORTED;
    try {
      call(old::commitTransaction);
      throw new AssertionError(name + " committed although another instance had taken over");
    } catch (KafkaException e) {
      goOnInVain(old, id);
    }
    old.close(Duration.ZERO);
  }

  /** An instance that was fenced may be able to abort what the coordinator never heard of. */
  private void goOnInVain(KafkaProducer<String, String> old, String id) {
    try {
      call(old::abortTransaction);
      old.beginTransaction();
      old.send(new ProducerRecord<>(TransactionWorld.TOPIC, 0, null, id + "/late"));
      call(old::commitTransaction);
    } catch (KafkaException e) {
      return;
    }
    throw new AssertionError(name + " went on although another instance had taken over");
  }

  void close() {
    producer.close(Duration.ofMinutes(1));
  }

  /** Readers of committed records see all or nothing of each transaction, in order. */
  void check(Map<Integer, List<String>> committed) {
    transactions.forEach(
        (id, written) -> {
          Map<Integer, List<String>> seen = new TreeMap<>();
          committed.forEach(
              (partition, values) -> {
                List<String> mine =
                    values.stream().filter(value -> value.startsWith(id + "/")).toList();
                if (!mine.isEmpty()) {
                  seen.put(partition, mine);
                }
              });
          switch (written.told) {
            case COMMITTED -> assertThat(seen).as("committed %s", id).isEqualTo(written.values);
            case ABORTED -> assertThat(seen).as("aborted %s", id).isEmpty();
            case NOTHING -> {
              if (!seen.isEmpty()) {
                assertThat(seen).as("%s, whole or not at all", id).isEqualTo(written.values);
              }
            }
          }
        });
    checkOffsets();
  }

  private void checkOffsets() {
    OptionalLong stored =
        world.cluster().committedOffset(name, new TopicPartition(TransactionWorld.TOPIC, 0));
    List<Long> possible = new ArrayList<>(List.of(-1L));
    for (Written written : transactions.values()) {
      if (written.offset >= 0 && written.told == Told.COMMITTED) {
        possible.clear();
      }
      if (written.offset >= 0 && written.told != Told.ABORTED) {
        possible.add(written.offset);
      }
    }
    assertThat(possible).as("offsets of %s", name).contains(stored.orElse(-1));
  }

  /** One instance was enough, and what took too long was aborted alone. */
  void checkAllEndedAsAsked() {
    assertThat(instances).as("instances").isEqualTo(1);
    transactions.forEach(
        (id, written) -> assertThat(written.told).as("%s", id).isEqualTo(written.asked));
  }

  long count(boolean wasCommitted) {
    return transactions.values().stream()
        .filter(written -> (written.told == Told.COMMITTED) == wasCommitted)
        .count();
  }
}

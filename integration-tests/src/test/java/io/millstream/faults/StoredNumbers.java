package io.millstream.faults;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Which numbers lie in a topic, read to its end with Apache's consumer. */
final class StoredNumbers {

  private final BitSet found = new BitSet();
  private final int[] last;
  private String wrong = "";

  private StoredNumbers(int partitions) {
    last = new int[partitions];
  }

  static StoredNumbers read(String servers, String topic, int partitions) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            servers,
            "key.deserializer",
            ByteArrayDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class,
            "isolation.level",
            "read_committed");
    StoredNumbers numbers = new StoredNumbers(partitions);
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(topic, i)).toList();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
      while (!all.stream().allMatch(each -> consumer.position(each) >= ends.get(each))) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("the end of " + topic + " was not reached: " + ends);
        }
        consumer.poll(Duration.ofMillis(200)).forEach(numbers::take);
      }
    }
    return numbers;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    int number = NumberedWriter.numberOf(record.value());
    if (found.get(number)) {
      wrong += number + " is there twice; ";
    }
    found.set(number);
    // Numbers are kept plus one, 0 for none.
    if (last[record.partition()] > number + 1) {
      wrong +=
          "%d lies behind %d in partition %d; "
              .formatted(number, last[record.partition()] - 1, record.partition());
    }
    last[record.partition()] = number + 1;
  }

  BitSet found() {
    return found;
  }

  /** What lies there twice or out of order; empty if nothing. */
  String wrong() {
    return wrong;
  }
}

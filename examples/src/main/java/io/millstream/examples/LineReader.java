package io.millstream.examples;

import io.millstream.clients.consumer.Consumer;
import io.millstream.clients.consumer.ConsumerConfig;
import io.millstream.clients.consumer.ConsumerRecord;
import io.millstream.clients.consumer.ConsumerRecords;
import io.millstream.clients.consumer.KafkaConsumer;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.common.header.Header;
import io.millstream.common.serialization.StringDeserializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** One member of the group that reads the lines back, on a thread of its own. */
final class LineReader implements Runnable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;
  private final String topic;
  private final String name;
  private final Tally tally;
  private volatile boolean done;

  LineReader(String bootstrapServers, String topic, String name, Tally tally) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.name = name;
    this.tally = tally;
  }

  /** Has the reader leave its group and end, soon. */
  void finish() {
    done = true;
  }

  @Override
  public void run() {
    try (Consumer<String, String> consumer = new KafkaConsumer<>(settings())) {
      consumer.subscribe(List.of(topic));
      while (!done) {
        ConsumerRecords<String, String> records = consumer.poll(POLL);
        tally.assigned(name, consumer.assignment().size());
        Map<TopicPartition, OffsetAndMetadata> processed = new HashMap<>();
        for (ConsumerRecord<String, String> record : records) {
          tally.received(name, lineNumber(record), record);
          processed.put(
              new TopicPartition(record.topic(), record.partition()),
              new OffsetAndMetadata(record.offset() + 1));
        }
        if (!processed.isEmpty()) {
          consumer.commitSync(processed);
          processed.forEach(
              (partition, offset) -> tally.committed(partition.partition(), offset.offset()));
        }
      }
    } catch (RuntimeException failure) {
      tally.failed(name + " failed: " + failure.getMessage());
    }
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "quickstart-" + name);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, topic + "-readers");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
    settings.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
    return settings;
  }

  private static int lineNumber(ConsumerRecord<String, String> record) {
    Header header = record.headers().lastHeader(LineSender.NUMBER);
    byte[] number = header == null ? null : header.value();
    return number == null ? 0 : Integer.parseInt(new String(number, StandardCharsets.UTF_8));
  }
}

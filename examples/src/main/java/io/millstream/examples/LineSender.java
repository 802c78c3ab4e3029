package io.millstream.examples;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.Producer;
import io.millstream.clients.producer.ProducerConfig;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.common.serialization.StringSerializer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Sends the lines of a text, each with its number in a header. */
final class LineSender {

  static final String NUMBER = "line";

  private final String bootstrapServers;
  private final String topic;
  private final Tally tally;

  LineSender(String bootstrapServers, String topic, Tally tally) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.tally = tally;
  }

  /** Sends all lines and waits until each was acknowledged or has failed. */
  void send(List<Line> lines) {
    Properties settings = new Properties();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "quickstart-producer");
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    try (Producer<String, String> producer = new KafkaProducer<>(settings)) {
      for (Line line : lines) {
        ProducerRecord<String, String> message =
            new ProducerRecord<>(topic, line.key(), line.text());
        message
            .headers()
            .add(NUMBER, Integer.toString(line.number()).getBytes(StandardCharsets.UTF_8));
        producer.send(message, this::answered);
        tally.sent();
      }
      producer.flush();
    }
  }

  private void answered(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
    if (exception != null) {
      tally.failed("a line could not be sent: " + exception.getMessage());
    } else if (metadata != null) {
      tally.acknowledged(metadata.partition(), metadata.offset());
    }
  }
}

package io.millstream.benchmarks.producer;

import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

final class ApacheProducer implements ProducerUnderTest {

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final Acknowledgements acknowledgements;
  private final Callback counting;

  ApacheProducer(Map<String, Object> settings, String topic, Acknowledgements acknowledgements) {
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    this.topic = topic;
    this.acknowledgements = acknowledgements;
    this.counting = (metadata, exception) -> acknowledgements.count(exception);
  }

  @Override
  @SuppressWarnings("NullAway") // a record may be without a key
  public void send(byte @Nullable [] key, byte[] value) {
    producer.send(new ProducerRecord<>(topic, key, value), counting);
  }

  @Override
  public void sendTimed(byte[] value, long intendedNanos) {
    producer.send(
        new ProducerRecord<>(topic, value),
        (metadata, exception) -> acknowledgements.time(intendedNanos, exception));
  }

  @Override
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}

package io.millstream.benchmarks.producer;

import java.util.Map;

/**
 * The process whose start is measured: it sends one record and says when it is acknowledged.
 * Nothing else is loaded. Arguments: client, the broker's address, topic.
 */
final class FirstRecord {

  private FirstRecord() {}

  public static void main(String[] arguments) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", arguments[1]);
    byte[] value = new byte[100];
    if (arguments[0].equals("MILLSTREAM")) {
      millstream(settings, arguments[2], value);
    } else {
      apache(settings, arguments[2], value);
    }
  }

  private static void millstream(Map<String, Object> settings, String topic, byte[] value)
      throws Exception {
    try (var producer =
        new io.millstream.clients.producer.KafkaProducer<byte[], byte[]>(
            settings,
            new io.millstream.common.serialization.ByteArraySerializer(),
            new io.millstream.common.serialization.ByteArraySerializer())) {
      producer.send(new io.millstream.clients.producer.ProducerRecord<>(topic, value)).get();
      System.out.println("acknowledged");
      awaitEndOfInput();
    }
  }

  private static void apache(Map<String, Object> settings, String topic, byte[] value)
      throws Exception {
    try (var producer =
        new org.apache.kafka.clients.producer.KafkaProducer<byte[], byte[]>(
            settings,
            new org.apache.kafka.common.serialization.ByteArraySerializer(),
            new org.apache.kafka.common.serialization.ByteArraySerializer())) {
      producer.send(new org.apache.kafka.clients.producer.ProducerRecord<>(topic, value)).get();
      System.out.println("acknowledged");
      awaitEndOfInput();
    }
  }

  /** The other process looks at the processor time before it closes the input. */
  private static void awaitEndOfInput() throws java.io.IOException {
    while (System.in.read() >= 0) {
      // Nothing is ever said.
    }
  }
}

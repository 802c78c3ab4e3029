package io.millstream.clients.consumer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topics that Apache's client creates and fills. */
final class ApacheTopics {

  private final String bootstrapServers;

  ApacheTopics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  void create(String topic, int partitions, Map<String, String> configs) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      NewTopic wanted = new NewTopic(topic, partitions, (short) 1).configs(configs);
      admin.createTopics(List.of(wanted)).all().get(30, TimeUnit.SECONDS);
    }
  }

  void create(String topic, int partitions) throws Exception {
    create(topic, partitions, Map.of());
  }

  /** Sends records, each to its partition; the values are "prefix i". */
  void fill(String topic, int partitions, int records, String codec, String prefix)
      throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "key.serializer",
            StringSerializer.class,
            "value.serializer",
            StringSerializer.class,
            "compression.type",
            codec,
            "linger.ms",
            5,
            // Right after its creation a partition may refuse the first batch and take the second,
            // and then Apache's idempotent producer never gets the first one in.
            "enable.idempotence",
            false,
            "max.in.flight.requests.per.connection",
            1);
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings)) {
      List<Future<?>> sent = new ArrayList<>();
      for (int i = 0; i < records; i++) {
        sent.add(
            producer.send(
                new ProducerRecord<>(topic, i % partitions, "key " + i, prefix + " " + i)));
      }
      for (Future<?> future : sent) {
        future.get(30, TimeUnit.SECONDS);
      }
    }
  }
}

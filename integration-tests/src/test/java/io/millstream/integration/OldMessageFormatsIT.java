package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.record.TimestampType;
import io.millstream.protocol.FetchRequest;
import io.millstream.protocol.FetchResponse;
import io.millstream.record.RecordBatchReader;
import io.millstream.testing.KafkaArtifacts;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Message sets of magic 0 and 1 as a broker of 2.1.1 keeps them, filled by Apache's client of that
 * version, are read record by record.
 */
class OldMessageFormatsIT {

  private static final KafkaVersion VERSION = KafkaVersion.V2_1_1;
  private static final long FIRST_TIMESTAMP_MILLIS = 1_500_000_000_000L;
  private static final int RECORDS = 300;

  private static KafkaCluster cluster;
  private static URLClassLoader apacheOf211;

  /** What a record should be, or was. */
  private record Seen(long offset, long timestampMillis, TimestampType type, String text) {}

  @BeforeAll
  static void start() throws Exception {
    cluster = KafkaCluster.builder(VERSION).start();
    List<URL> jars = new ArrayList<>();
    String classPath =
        KafkaArtifacts.classPath("org.apache.kafka:kafka-clients:" + VERSION.number());
    for (String jar : classPath.split(File.pathSeparator, -1)) {
      jars.add(Path.of(jar).toUri().toURL());
    }
    apacheOf211 =
        new URLClassLoader(jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  @AfterAll
  static void stop() throws Exception {
    apacheOf211.close();
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0.9.0, none", "0.9.0, gzip", "0.9.0, snappy", "0.9.0, lz4",
    "0.10.2, none", "0.10.2, gzip", "0.10.2, snappy", "0.10.2, lz4"
  })
  void recordsOfAnOldFormatAreReadAsTheyWereSent(String format, String codec) throws Exception {
    String topic = "old-" + format + "-" + codec;
    createTopic(topic, format);
    send(topic, codec);

    boolean withTimestamps = !format.equals("0.9.0");
    List<Seen> expected = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      expected.add(
          withTimestamps
              ? new Seen(i, FIRST_TIMESTAMP_MILLIS + i, TimestampType.CREATE_TIME, text(i))
              : new Seen(i, -1, TimestampType.NO_TIMESTAMP_TYPE, text(i)));
    }
    assertThat(fetch(topic, withTimestamps ? 1 : 0)).isEqualTo(expected);
  }

  private static String key(int index) {
    return index % 3 == 0 ? null : "key " + index;
  }

  private static String value(int index) {
    return index % 5 == 0 ? null : "value " + index + " " + "abc".repeat(index % 50);
  }

  private static String text(int index) {
    return key(index) + "=" + value(index);
  }

  private static void createTopic(String topic, String format) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      NewTopic described =
          new NewTopic(topic, 1, (short) 1).configs(Map.of("message.format.version", format));
      admin.createTopics(Set.of(described)).all().get(60, TimeUnit.SECONDS);
    }
  }

  /** Sends with the client of 2.1.1, whose classes only this loader knows. */
  private static void send(String topic, String codec) throws Exception {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", cluster.bootstrapServers());
    settings.put("compression.type", codec);
    settings.put("linger.ms", "20");
    String serializer = "org.apache.kafka.common.serialization.StringSerializer";
    settings.put("key.serializer", serializer);
    settings.put("value.serializer", serializer);
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    current.setContextClassLoader(apacheOf211);
    try {
      Class<?> producerClass = apacheOf211.loadClass("org.apache.kafka.clients.producer.Producer");
      Class<?> recordClass =
          apacheOf211.loadClass("org.apache.kafka.clients.producer.ProducerRecord");
      Object producer =
          apacheOf211
              .loadClass("org.apache.kafka.clients.producer.KafkaProducer")
              .getConstructor(Properties.class)
              .newInstance(settings);
      List<Future<?>> answers = new ArrayList<>();
      for (int i = 0; i < RECORDS; i++) {
        Object message =
            recordClass
                .getConstructor(String.class, Integer.class, Long.class, Object.class, Object.class)
                .newInstance(topic, 0, FIRST_TIMESTAMP_MILLIS + i, key(i), value(i));
        answers.add(
            (Future<?>) producerClass.getMethod("send", recordClass).invoke(producer, message));
      }
      for (Future<?> answer : answers) {
        answer.get(60, TimeUnit.SECONDS);
      }
      producerClass.getMethod("close").invoke(producer);
    } finally {
      current.setContextClassLoader(before);
    }
  }

  private static List<Seen> fetch(String topic, int magic) throws Exception {
    List<Seen> seen = new ArrayList<>();
    try (LoopClient client = new LoopClient(cluster.broker(1).port());
        RecordBatchReader reader = new RecordBatchReader(1 << 20, true)) {
      while (seen.size() < RECORDS) {
        int before = seen.size();
        ByteBuffer records = fetch(client, topic, before);
        assertThat(records.get(records.position() + 16)).as("magic").isEqualTo((byte) magic);
        reader.reset(records);
        while (reader.nextBatch()) {
          while (reader.nextRecord()) {
            // A compressed set is sent whole, wherever the fetch begins.
            if (reader.offset() >= seen.size()) {
              seen.add(
                  new Seen(
                      reader.offset(),
                      reader.timestampMillis(),
                      reader.timestampType(),
                      text(reader.key()) + "=" + text(reader.value())));
            }
          }
        }
        assertThat(seen).as("what was read up to now").hasSizeGreaterThan(before);
      }
    }
    return seen;
  }

  private static ByteBuffer fetch(LoopClient client, String topic, long offset) throws Exception {
    FetchResponse answer =
        client.ask(
            FetchRequest.defaults()
                .withMaxWaitMs(500)
                .withMinBytes(1)
                .withMaxBytes(1 << 20)
                .withTopics(
                    List.of(
                        FetchRequest.FetchTopic.defaults()
                            .withTopic(topic)
                            .withPartitions(
                                List.of(
                                    FetchRequest.FetchPartition.defaults()
                                        .withFetchOffset(offset)
                                        .withPartitionMaxBytes(4096))))));
    FetchResponse.PartitionData partition = answer.responses().get(0).partitions().get(0);
    assertThat(partition.errorCode()).isZero();
    ByteBuffer records = partition.records();
    assertThat(records).isNotNull();
    assertThat(records.hasRemaining()).as("records from offset %d", offset).isTrue();
    return records;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}

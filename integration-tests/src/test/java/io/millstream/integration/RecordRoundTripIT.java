package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.Uuid;
import io.millstream.common.header.Header;
import io.millstream.compression.Codec;
import io.millstream.compression.Compression;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.CreateTopicsRequest;
import io.millstream.protocol.CreateTopicsResponse;
import io.millstream.protocol.FetchRequest;
import io.millstream.protocol.FetchResponse;
import io.millstream.protocol.MetadataRequest;
import io.millstream.protocol.MetadataResponse;
import io.millstream.protocol.MetadataResponse.MetadataResponseTopic;
import io.millstream.protocol.ProduceRequest;
import io.millstream.protocol.ProduceResponse;
import io.millstream.record.RecordBatchReader;
import io.millstream.record.RecordBatchWriter;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Batches of each codec go to a broker of each generation and come back, over the event loop and
 * real connections; Apache's consumer reads the same records.
 */
class RecordRoundTripIT {

  private static final String TOPIC = "round-trip";
  private static final int RECORDS_PER_CODEC = 200;
  private static final short NOT_LEADER_OR_FOLLOWER = 6;
  private static final Header[] HEADERS = {new TestHeader("origin", "test")};

  private record TestHeader(String key, String text) implements Header {
    @Override
    public byte[] value() {
      return bytes(text);
    }
  }

  @ParameterizedTest
  @EnumSource(KafkaVersion.class)
  void batchesOfEachCodecComeBackAsTheyWereSent(KafkaVersion version) throws Exception {
    try (KafkaCluster cluster = KafkaCluster.builder(version).start();
        LoopClient client = new LoopClient(cluster.broker(1).port())) {
      Uuid topicId = createTopic(client);

      List<String> sent = new ArrayList<>();
      for (Codec codec : Codec.values()) {
        assertThat(produce(client, topicId, codec, sent))
            .isEqualTo(sent.size() - RECORDS_PER_CODEC);
      }

      assertThat(fetchAll(client, topicId, sent.size())).isEqualTo(sent);
      assertThat(readWithApachesConsumer(cluster.bootstrapServers(), sent.size())).isEqualTo(sent);
      assertThat(client.newestVersion(ApiKey.FETCH)).isEqualTo(newestFetch(version));
    }
  }

  /** From the table of versions that each broker names. */
  private static int newestFetch(KafkaVersion version) {
    return switch (version) {
      case V4_4_0 -> 18;
      case V3_9_1 -> 17;
      case V2_8_2 -> 12;
      case V2_1_1 -> 10;
    };
  }

  private static Uuid createTopic(LoopClient client) throws Exception {
    CreateTopicsResponse created =
        client.ask(
            CreateTopicsRequest.defaults()
                .withTopics(
                    List.of(
                        CreateTopicsRequest.CreatableTopic.defaults()
                            .withName(TOPIC)
                            .withNumPartitions(1)
                            .withReplicationFactor((short) 1))));
    assertThat(created.topics().get(0).errorCode()).isZero();
    MetadataRequest question =
        MetadataRequest.defaults()
            .withTopics(List.of(MetadataRequest.MetadataRequestTopic.defaults().withName(TOPIC)))
            .withAllowAutoTopicCreation(false);
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      MetadataResponse metadata = client.ask(question);
      MetadataResponseTopic topic = metadata.topics().get(0);
      if (topic.errorCode() == 0 && topic.partitions().get(0).leaderId() == 1) {
        return topic.topicId();
      }
      assertThat(System.nanoTime()).as("deadline for a leader: " + topic).isLessThan(deadline);
    }
  }

  private static long produce(LoopClient client, Uuid topicId, Codec codec, List<String> sent)
      throws Exception {
    TestChunks chunks = new TestChunks();
    RecordBatchWriter batch = new RecordBatchWriter(chunks, 512, 1024);
    for (int i = 0; i < RECORDS_PER_CODEC; i++) {
      String value = codec + " value " + i;
      sent.add(value);
      byte[] key = i % 3 == 0 ? null : bytes("key " + i % 7);
      assertThat(batch.tryAppend(1_700_000_000_000L + i, key, bytes(value), HEADERS)).isTrue();
    }
    try (Compression compression = Compression.of(codec)) {
      assertThat(batch.compress(compression, chunks)).isTrue();
    }
    batch.seal(-1, (short) -1, -1, false);
    ProduceRequest request =
        ProduceRequest.defaults()
            .withAcks((short) -1)
            .withTimeoutMs(30_000)
            .withTopicData(
                List.of(
                    ProduceRequest.TopicProduceData.defaults()
                        .withName(TOPIC)
                        .withTopicId(topicId)
                        .withPartitionData(
                            List.of(
                                ProduceRequest.PartitionProduceData.defaults()
                                    .withRecords(together(batch.buffers()))))));
    batch.release();
    assertThat(chunks.outstanding()).isZero();
    ProduceResponse.PartitionProduceResponse partition = produceToLeader(client, request);
    assertThat(partition.errorCode()).isZero();
    return partition.baseOffset();
  }

  /** A broker may name itself leader of a new partition a moment before it leads it. */
  private static ProduceResponse.PartitionProduceResponse produceToLeader(
      LoopClient client, ProduceRequest request) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      ProduceResponse.PartitionProduceResponse answer =
          client.ask(request).responses().get(0).partitionResponses().get(0);
      if (answer.errorCode() != NOT_LEADER_OR_FOLLOWER || System.nanoTime() > deadline) {
        return answer;
      }
    }
  }

  private static List<String> fetchAll(LoopClient client, Uuid topicId, int count)
      throws Exception {
    List<String> values = new ArrayList<>();
    try (RecordBatchReader reader = new RecordBatchReader(1 << 20, true)) {
      while (values.size() < count) {
        FetchResponse answer =
            client.ask(
                FetchRequest.defaults()
                    .withMaxWaitMs(500)
                    .withMinBytes(1)
                    .withMaxBytes(1 << 20)
                    .withTopics(
                        List.of(
                            FetchRequest.FetchTopic.defaults()
                                .withTopic(TOPIC)
                                .withTopicId(topicId)
                                .withPartitions(
                                    List.of(
                                        FetchRequest.FetchPartition.defaults()
                                            .withFetchOffset(values.size())
                                            .withPartitionMaxBytes(1 << 20))))));
        FetchResponse.PartitionData partition = answer.responses().get(0).partitions().get(0);
        assertThat(partition.errorCode()).isZero();
        ByteBuffer records = partition.records();
        assertThat(records).isNotNull();
        reader.reset(records);
        while (reader.nextBatch()) {
          while (reader.nextRecord()) {
            if (reader.offset() < values.size()) {
              continue;
            }
            int index = values.size() % RECORDS_PER_CODEC;
            assertThat(reader.offset()).isEqualTo(values.size());
            assertThat(reader.timestampMillis()).isEqualTo(1_700_000_000_000L + index);
            assertThat(reader.key()).isEqualTo(index % 3 == 0 ? null : bytes("key " + index % 7));
            assertThat(reader.headers()).hasSize(1);
            assertThat(reader.headers()[0].key()).isEqualTo("origin");
            values.add(new String(reader.value(), StandardCharsets.UTF_8));
          }
        }
      }
    }
    return values;
  }

  private static List<String> readWithApachesConsumer(String servers, int count) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", servers,
            "key.deserializer", StringDeserializer.class,
            "value.deserializer", StringDeserializer.class);
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
      TopicPartition partition = new TopicPartition(TOPIC, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }

  private static ByteBuffer together(ByteBuffer[] parts) {
    int size = 0;
    for (ByteBuffer part : parts) {
      size += part.remaining();
    }
    ByteBuffer whole = ByteBuffer.allocate(size);
    for (ByteBuffer part : parts) {
      whole.put(part);
    }
    return whole.flip();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

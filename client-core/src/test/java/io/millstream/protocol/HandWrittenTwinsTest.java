package io.millstream.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.Uuid;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Holds the twins of the hot path against Apache's classes, as the generated messages are. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HandWrittenTwinsTest {

  private static final int SAMPLES = 200;

  private static final MessageCase PRODUCE = named("ProduceRequest");
  private static final MessageCase FETCH = named("FetchResponse");

  private static MessageCase named(String name) {
    return MessageCase.all().stream().filter(each -> each.name().equals(name)).findFirst().get();
  }

  @Test
  void produceRequestHasTheBytesOfApache() {
    int compared = 0;
    for (short version : PRODUCE.versions()) {
      for (int seed = 0; seed < SAMPLES; seed++) {
        Random random = new Random(seed);
        var content = new ContentTree(random, true).structure(PRODUCE.schema(version));
        var apache = (ProduceRequestData) ContentBuilder.apache(ProduceRequestData.class, content);
        if (version > ProduceRequestWriter.NEWEST_WITH_TOPIC_NAMES) {
          // The writer refuses the zero that random content has now and then.
          apache
              .topicData()
              .forEach(topic -> topic.setTopicId(new org.apache.kafka.common.Uuid(7, 8)));
        }
        assertThat(frame(apache, version, random))
            .as("version %d seed %d", version, seed)
            .isEqualTo(PRODUCE.writeApache(apache, version));
        compared++;
      }
    }
    System.out.printf(
        "Conformance of the Produce writer: %d versions, %d comparisons%n",
        PRODUCE.versions().size(), compared);
  }

  private static byte[] frame(ProduceRequestData request, short version, Random random) {
    WireWriter out = new WireWriter();
    ProduceRequestWriter writer = new ProduceRequestWriter(out, version);
    writer.begin(
        request.transactionalId(), request.acks(), request.timeoutMs(), request.topicData().size());
    for (var topic : request.topicData()) {
      writer.topic(topic.name(), uuid(topic.topicId()), topic.partitionData().size());
      for (var partition : topic.partitionData()) {
        ByteBuffer records = ((MemoryRecords) partition.records()).buffer();
        int cut = random.nextInt(records.remaining() + 1);
        writer.partition(
            partition.index(),
            records.slice(0, cut),
            records.slice(cut, records.remaining() - cut));
      }
    }
    writer.end();
    ByteBuffer whole = ByteBuffer.allocate(4 + out.size());
    for (ByteBuffer part : out.toFrame()) {
      whole.put(part);
    }
    assertThat(whole.flip().getInt()).isEqualTo(whole.remaining());
    return MessageCase.bytes(whole);
  }

  @Test
  void produceWriterAttachesBatchesWithoutCopying() {
    ByteBuffer batch = ByteBuffer.allocateDirect(10);
    WireWriter out = new WireWriter();
    ProduceRequestWriter writer = new ProduceRequestWriter(out, (short) 12);
    writer.begin(null, (short) -1, 1000, 1);
    writer.topic("topic", Uuid.ZERO_UUID, 1);
    writer.partition(3, batch);
    writer.end();
    assertThat(out.toFrame()).anySatisfy(part -> assertThat(part).isSameAs(batch));
  }

  @Test
  void produceWriterRefusesOtherCountsThanAnnounced() {
    ProduceRequestWriter writer = new ProduceRequestWriter(new WireWriter(), (short) 12);
    writer.begin(null, (short) 1, 1000, 2);
    writer.topic("topic", Uuid.ZERO_UUID, 2);
    writer.partition(0);
    assertThatThrownBy(() -> writer.topic("other", Uuid.ZERO_UUID, 1))
        .isInstanceOf(IllegalStateException.class);
    writer.partition(1);
    assertThatThrownBy(writer::end).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void produceWriterRefusesUnknownTopicIdWhereVersionNeedsIt() {
    ProduceRequestWriter writer = new ProduceRequestWriter(new WireWriter(), (short) 13);
    writer.begin(null, (short) 1, 1000, 1);
    assertThatThrownBy(() -> writer.topic("topic", Uuid.ZERO_UUID, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("topic");
  }

  @Test
  void fetchCursorSeesWhatApacheWrote() {
    int compared = 0;
    for (short version : FETCH.versions()) {
      for (int seed = 0; seed < SAMPLES; seed++) {
        var content = new ContentTree(new Random(seed), seed == 0).structure(FETCH.schema(version));
        var apache =
            (FetchResponseData)
                ContentBuilder.apache(
                    FetchResponseData.class,
                    content,
                    FETCH.schema(version).get("_tagged_fields") == null ? null : new Random(seed));
        byte[] bytes = FETCH.writeApache(apache, version);
        assertThat(seen(FetchResponseCursor.read(reader(bytes), version)))
            .as("version %d seed %d", version, seed)
            .isEqualTo(written(FETCH, apache, version));
        compared++;
      }
    }
    System.out.printf(
        "Conformance of the Fetch cursor: %d versions, %d comparisons%n",
        FETCH.versions().size(), compared);
  }

  private static List<@Nullable Object> written(
      MessageCase fetch, FetchResponseData source, short version) {
    // Written and read by Apache once, so that what the version lacks is at its default.
    var response =
        (FetchResponseData) fetch.readApache(fetch.writeApache(source, version), version);
    List<@Nullable Object> written = new ArrayList<>();
    written.addAll(List.of(response.throttleTimeMs(), response.errorCode(), response.sessionId()));
    for (var topic : response.responses()) {
      written.add(version <= FetchResponseCursor.NEWEST_WITH_TOPIC_NAMES ? topic.topic() : null);
      written.add(uuid(topic.topicId()));
      for (var partition : topic.partitions()) {
        written.addAll(
            List.of(
                partition.partitionIndex(),
                partition.errorCode(),
                partition.highWatermark(),
                partition.lastStableOffset(),
                partition.logStartOffset(),
                partition.preferredReadReplica(),
                partition.divergingEpoch().epoch(),
                partition.divergingEpoch().endOffset(),
                partition.currentLeader().leaderId(),
                partition.currentLeader().leaderEpoch()));
        var aborted = partition.abortedTransactions();
        for (var each :
            aborted == null ? List.<FetchResponseData.AbortedTransaction>of() : aborted) {
          written.addAll(List.of(each.producerId(), each.firstOffset()));
        }
        var records = (@Nullable MemoryRecords) partition.records();
        written.add(records == null ? null : records.buffer());
      }
    }
    response
        .nodeEndpoints()
        .forEach(
            node ->
                written.add(
                    new FetchResponse.NodeEndpoint(
                        node.nodeId(), node.host(), node.port(), node.rack())));
    return written;
  }

  private static List<@Nullable Object> seen(FetchResponseCursor cursor) {
    List<@Nullable Object> seen = new ArrayList<>();
    seen.addAll(List.of(cursor.throttleTimeMs(), cursor.errorCode(), cursor.sessionId()));
    while (cursor.nextTopic()) {
      seen.add(cursor.topic());
      seen.add(cursor.topicId());
      while (cursor.nextPartition()) {
        seen.addAll(
            List.of(
                cursor.partitionIndex(),
                cursor.partitionErrorCode(),
                cursor.highWatermark(),
                cursor.lastStableOffset(),
                cursor.logStartOffset(),
                cursor.preferredReadReplica(),
                cursor.divergingEpoch(),
                cursor.divergingEndOffset(),
                cursor.leaderId(),
                cursor.leaderEpoch()));
        for (int i = 0; i < cursor.abortedTransactionCount(); i++) {
          seen.addAll(List.of(cursor.abortedProducerId(i), cursor.abortedFirstOffset(i)));
        }
        seen.add(cursor.records());
      }
    }
    seen.addAll(cursor.nodeEndpoints());
    assertThat(cursor.nextTopic()).isFalse();
    return seen;
  }

  @Test
  void fetchCursorStepsOverPartitionsNobodyLookedAt() {
    for (short version : FETCH.versions()) {
      byte[] bytes = sample(version, 1);
      FetchResponseCursor walked = FetchResponseCursor.read(reader(bytes), version);
      FetchResponseCursor skipping = FetchResponseCursor.read(reader(bytes), version);
      while (walked.nextTopic()) {
        assertThat(skipping.nextTopic()).isTrue();
        assertThat(skipping.topic()).isEqualTo(walked.topic());
        assertThat(skipping.topicId()).isEqualTo(walked.topicId());
        while (walked.nextPartition()) {
          assertThat(walked.records()).isNotNull();
        }
      }
      assertThat(skipping.nextTopic()).isFalse();
    }
  }

  @Test
  void fetchCursorRefusesBadBytesBeforeItIsWalked() {
    for (short version : FETCH.versions()) {
      byte[] whole = sample(version, 2);
      for (int length = 0; length < whole.length; length++) {
        assertThat(tryRead(Arrays.copyOf(whole, length), version)).isFalse();
      }
      Random random = new Random(version);
      for (int i = 0; i < 1000; i++) {
        byte[] changed = i % 5 == 0 ? new byte[64 * 1024] : whole.clone();
        System.arraycopy(whole, 0, changed, 0, whole.length);
        for (int j = 0; j <= random.nextInt(4); j++) {
          changed[random.nextInt(whole.length)] = (byte) random.nextInt();
        }
        tryRead(changed, version);
      }
    }
  }

  private static boolean tryRead(byte[] frame, short version) {
    return Fuzz.tryRead(
        "Fetch cursor version " + version,
        frame,
        in -> {
          FetchResponseCursor cursor = FetchResponseCursor.read(in, version);
          try {
            while (cursor.nextTopic()) {
              while (cursor.nextPartition()) {
                cursor.records();
              }
            }
          } catch (io.millstream.wire.MalformedFrameException e) {
            throw new AssertionError("a checked response may not fail", e);
          }
        });
  }

  private static byte[] sample(short version, int seed) {
    var content = new ContentTree(new Random(seed), true).structure(FETCH.schema(version));
    return FETCH.writeApache(ContentBuilder.apache(FetchResponseData.class, content), version);
  }

  private static WireReader reader(byte[] bytes) {
    return new WireReader(ByteBuffer.wrap(bytes));
  }

  private static Uuid uuid(org.apache.kafka.common.Uuid uuid) {
    return new Uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
  }
}

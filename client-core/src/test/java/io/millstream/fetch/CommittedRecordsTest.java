package io.millstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.ConsumerRecord;
import io.millstream.common.TopicPartition;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.network.SystemEnvironment;
import io.millstream.protocol.FetchResponse;
import io.millstream.protocol.FetchResponse.AbortedTransaction;
import io.millstream.protocol.FetchResponse.FetchableTopicResponse;
import io.millstream.protocol.FetchResponse.PartitionData;
import io.millstream.protocol.FetchResponseCursor;
import io.millstream.record.ControlType;
import io.millstream.record.LogAppend;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

/** What a consumer of committed records hands out of batches among which transactions end. */
class CommittedRecordsTest {

  private static final TopicPartition PARTITION = new TopicPartition("t", 0);
  private static final long ONE = 11;
  private static final long OTHER = 22;

  private final FetchedBatches buffer =
      new FetchedBatches(1 << 30, new SystemEnvironment("test").waiting().gate());
  private final FetchSettings settings =
      new FetchSettings(
          new FetchSettings.Sizes(1, 1, 1, 1, 1 << 27), 500, true, OffsetReset.EARLIEST, 1);
  private final List<ByteBuffer> batches = new ArrayList<>();
  private long nextOffset;

  private void transactional(long producerId, String... values) {
    append(
        MemoryRecords.withTransactionalRecords(
                nextOffset, Compression.NONE, producerId, (short) 0, 0, 0, records(values))
            .buffer(),
        values.length);
  }

  private void plain(String... values) {
    append(
        MemoryRecords.withRecords(nextOffset, Compression.NONE, records(values)).buffer(),
        values.length);
  }

  private void end(long producerId, ControlType type) {
    ByteBuffer batch = LogAppend.endOfTransaction(type, 0, producerId, (short) 0, 0);
    LogAppend.assignOffsets(batch, nextOffset, 0);
    append(batch, 1);
  }

  private void append(ByteBuffer batch, int offsets) {
    batches.add(batch);
    nextOffset += offsets;
  }

  private static SimpleRecord[] records(String... values) {
    SimpleRecord[] records = new SimpleRecord[values.length];
    for (int i = 0; i < values.length; i++) {
      records[i] = new SimpleRecord(1, null, values[i].getBytes(StandardCharsets.UTF_8));
    }
    return records;
  }

  private static AbortedTransactions aborted(AbortedTransaction... transactions) {
    PartitionData partition =
        PartitionData.defaults().withAbortedTransactions(List.of(transactions));
    FetchResponse response =
        FetchResponse.defaults()
            .withResponses(
                List.of(
                    FetchableTopicResponse.defaults()
                        .withTopic("t")
                        .withPartitions(List.of(partition))));
    WireWriter out = new WireWriter();
    response.write(out, (short) 12);
    FetchResponseCursor cursor =
        FetchResponseCursor.read(new WireReader(out.toContent()), (short) 12);
    assertThat(cursor.nextTopic()).isTrue();
    assertThat(cursor.nextPartition()).isTrue();
    return AbortedTransactions.of(cursor);
  }

  private List<String> read(long from, AbortedTransactions aborted) {
    ByteBuffer all = ByteBuffer.allocate(batches.stream().mapToInt(ByteBuffer::remaining).sum());
    batches.forEach(batch -> all.put(batch.duplicate()));
    all.flip();
    PartitionCursor cursor = new PartitionCursor(PARTITION, buffer, 1);
    cursor.seek(2, new StartingPoint.At(from, Optional.empty()));
    FetchedFrame frame = new FetchedFrame(all.remaining());
    buffer.admit(frame);
    cursor.add(new Fetched.Batches(new FetchPosition(cursor.start(), 0), all, frame, aborted));
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (RecordTaker<String, String> taker =
        new RecordTaker<>(settings, new StringDeserializer(), new StringDeserializer())) {
      taker.take(cursor, Integer.MAX_VALUE, records);
    }
    assertThat(cursor.position()).isEqualTo(nextOffset);
    return records.stream().map(record -> String.valueOf(record.value())).toList();
  }

  @Test
  void recordsOfAbortedTransactionsAreLeftOutAndThoseAroundThemAreNot() {
    plain("a");
    transactional(ONE, "b", "c");
    transactional(OTHER, "d");
    plain("e");
    transactional(ONE, "f");
    end(ONE, ControlType.ABORT);
    transactional(ONE, "g");
    end(OTHER, ControlType.COMMIT);
    end(ONE, ControlType.COMMIT);

    assertThat(read(0, aborted(new AbortedTransaction(ONE, 1))))
        .containsExactly("a", "d", "e", "g");
  }

  @Test
  void whatIsAbortedLaterDoesNotHideWhatTheSameProducerCommittedBefore() {
    transactional(ONE, "a");
    end(ONE, ControlType.COMMIT);
    transactional(ONE, "b");
    end(ONE, ControlType.ABORT);
    transactional(ONE, "c");
    end(ONE, ControlType.ABORT);

    assertThat(read(0, aborted(new AbortedTransaction(ONE, 4), new AbortedTransaction(ONE, 2))))
        .containsExactly("a");
  }

  @Test
  void aTransactionThatBeganBeforeTheFirstBatchIsLeftOut() {
    nextOffset = 50;
    transactional(ONE, "b", "c");
    end(ONE, ControlType.ABORT);
    plain("d");

    assertThat(read(50, aborted(new AbortedTransaction(ONE, 7)))).containsExactly("d");
  }

  @Test
  void whoReadsFromTheMiddleOfATransactionKnowsItsEnd() {
    transactional(ONE, "a", "b");
    transactional(ONE, "c");
    end(ONE, ControlType.ABORT);
    transactional(ONE, "d");

    assertThat(read(3, aborted(new AbortedTransaction(ONE, 0)))).containsExactly("d");
  }

  @Test
  void withoutAListEverythingButTheMarkersIsRead() {
    transactional(ONE, "a");
    end(ONE, ControlType.ABORT);
    plain("b");

    assertThat(read(0, AbortedTransactions.NONE)).containsExactly("a", "b");
  }
}

package io.millstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.consumer.ConsumerRecord;
import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.common.serialization.ByteArrayDeserializer;
import io.millstream.common.serialization.Deserializer;
import io.millstream.network.SystemEnvironment;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What one poll returns, and what the next one tells. */
class FetchedRecordsTest {

  private static final TopicPartition GOOD = new TopicPartition("good", 0);
  private static final TopicPartition BAD = new TopicPartition("bad", 0);
  private static final int LAST_OFFSET_DELTA_AT = 23;

  private final FetchedBatches buffer =
      new FetchedBatches(1 << 20, new SystemEnvironment("test").waiting().gate());
  private final Map<TopicPartition, PartitionCursor> cursors = new LinkedHashMap<>();

  private PartitionCursor cursor(TopicPartition partition, long offset) {
    PartitionCursor cursor = new PartitionCursor(partition, buffer, 1);
    cursor.seek(2, new StartingPoint.At(offset, Optional.empty()));
    cursors.put(partition, cursor);
    return cursor;
  }

  private void arrives(PartitionCursor cursor, ByteBuffer batches) {
    FetchedFrame frame = new FetchedFrame(batches.remaining());
    buffer.admit(frame);
    buffer.add(new Fetched.Batches(new FetchPosition(cursor.start(), 0), batches, frame));
  }

  private <V> FetchedRecords<byte[], V> records(Deserializer<V> values) {
    FetchSettings settings =
        new FetchSettings(
            new FetchSettings.Sizes(1, 1, 1, 1, 1 << 20), 500, true, OffsetReset.EARLIEST, 1);
    return new FetchedRecords<>(
        buffer, new RecordTaker<>(settings, new ByteArrayDeserializer(), values), cursors::get);
  }

  private static List<Long> offsets(FetchedRecords.Poll<?, ?> poll) {
    return StreamSupport.stream(poll.records().spliterator(), false)
        .map(ConsumerRecord::offset)
        .toList();
  }

  @Test
  void whatIsToldOnceIsToldByTheNextPollWhereThisOneReturnsRecordsOfOthers() {
    PartitionCursor good = cursor(GOOD, 0);
    PartitionCursor bad = cursor(BAD, 0);
    FetchedRecords<byte[], byte[]> records = records(new ByteArrayDeserializer());
    arrives(good, FetchedData.batch(0, 2, 10));
    buffer.add(
        new Fetched.Failed(
            BAD, bad.generation(), Telling.once(new TopicAuthorizationException(Set.of("bad")))));

    assertThat(offsets(records.take(500))).containsExactly(0L, 1L);

    arrives(good, FetchedData.batch(2, 2, 10));
    assertThatThrownBy(() -> records.take(500)).isInstanceOf(TopicAuthorizationException.class);
    assertThat(offsets(records.take(500))).containsExactly(2L, 3L);
  }

  @Test
  void anErrorInADeserializerLosesNoRecord() {
    boolean[] broken = {true};
    FetchedRecords<byte[], Integer> records =
        records(
            (topic, data) -> {
              int length = data == null ? -1 : data.length;
              if (broken[0] && length == 11) {
                throw new NoClassDefFoundError("a library that is not there");
              }
              return length;
            });
    PartitionCursor cursor = cursor(GOOD, 0);
    arrives(cursor, FetchedData.together(FetchedData.batch(0, 2, 10), FetchedData.batch(2, 1, 11)));

    assertThat(offsets(records.take(500))).containsExactly(0L, 1L);
    assertThatThrownBy(() -> records.take(500)).hasMessageContaining("is not there");
    assertThat(cursor.position()).isEqualTo(2);
    broken[0] = false;
    assertThat(offsets(records.take(500))).containsExactly(2L);
  }

  @Test
  void aBatchWhoseHeaderIsBrokenIsNotLeftOut() {
    ByteBuffer broken = FetchedData.batch(5, 3, 10);
    broken.putInt(LAST_OFFSET_DELTA_AT, -1);
    PartitionCursor cursor = cursor(GOOD, 5);
    arrives(cursor, FetchedData.together(broken, FetchedData.batch(8, 1, 10)));
    FetchedRecords<byte[], byte[]> records = records(new ByteArrayDeserializer());

    assertThatThrownBy(() -> records.take(500))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("good-0 from offset 5")
        .hasMessageContaining("checksum");
    assertThat(cursor.position()).isEqualTo(5);
  }

  @Test
  void whileAPollRunsWhatItIsAboutToReturnIsNotToBeCommitted() {
    PartitionCursor cursor = cursor(GOOD, 5);
    arrives(cursor, FetchedData.batch(5, 3, 10));
    FetchedRecords<byte[], byte[]> records = records(new ByteArrayDeserializer());

    assertThat(offsets(records.take(2))).containsExactly(5L, 6L);
    assertThat(cursor.returned().offset()).isEqualTo(5);
    assertThat(cursor.next().offset()).isEqualTo(7);

    cursor.dealtWith();
    assertThat(cursor.returned().offset()).isEqualTo(7);
  }
}

package io.millstream.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.header.Header;
import io.millstream.compression.Codec;
import io.millstream.compression.Compression;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apache's classes are the oracle. */
class RecordBatchWriterTest {

  private static final byte[] SOME = new byte[40];

  private static RecordBatchWriter write(List<TestRecord> records, CountedChunks chunks) {
    RecordBatchWriter writer = new RecordBatchWriter(chunks, 1, 1);
    for (TestRecord record : records) {
      int before = writer.rawBytes();
      boolean appended =
          writer.tryAppend(
              record.timestampMillis(), record.key(), record.value(), record.headers());
      assertThat(appended).isTrue();
      assertThat(writer.rawBytes() - before)
          .isLessThanOrEqualTo(
              RecordBatchWriter.sizeOfRecord(record.key(), record.value(), record.headers()))
          .isGreaterThanOrEqualTo(
              RecordBatchWriter.sizeOfRecord(record.key(), record.value(), record.headers()) - 20);
    }
    return writer;
  }

  @ParameterizedTest
  @ValueSource(ints = {61, 64, 100, 1000, 16384})
  void hasTheBytesOfApachesWriterWhereNothingIsCompressed(int chunkBytes) {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<TestRecord> records = TestRecord.random(random, 1 + random.nextInt(40), 300);
      CountedChunks chunks = new CountedChunks(chunkBytes);
      RecordBatchWriter writer = write(records, chunks);
      boolean transactional = random.nextBoolean();
      long producerId = random.nextLong(1000);
      short epoch = (short) random.nextInt(100);
      int sequence = random.nextInt(Integer.MAX_VALUE);
      if (seed % 3 != 0) {
        writer.sumRecords();
      }
      writer.seal(producerId + 1, (short) (epoch + 1), 3, !transactional);
      writer.seal(producerId, epoch, sequence, transactional);

      assertThat(TestRecord.gather(writer))
          .as("seed %s", seed)
          .isEqualTo(apache(records, transactional, producerId, epoch, sequence));
      assertThat(writer.recordCount()).isEqualTo(records.size());
      writer.release();
      assertThat(chunks.takenCount()).isZero();
    }
  }

  private static ByteBuffer apache(
      List<TestRecord> records, boolean transactional, long id, short epoch, int sequence) {
    SimpleRecord[] simple = records.stream().map(TestRecord::simple).toArray(SimpleRecord[]::new);
    var none = org.apache.kafka.common.compress.Compression.NONE;
    return transactional
        ? MemoryRecords.withTransactionalRecords(0, none, id, epoch, sequence, -1, simple).buffer()
        : MemoryRecords.withIdempotentRecords(0, none, id, epoch, sequence, -1, simple).buffer();
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void isReadByApachesReader(Codec codec) {
    try (Compression compression = Compression.of(codec)) {
      for (int seed = 0; seed < 40; seed++) {
        Random random = new Random(seed);
        List<TestRecord> records = TestRecord.random(random, 1 + random.nextInt(100), 3000);
        CountedChunks chunks = new CountedChunks(200 + random.nextInt(20_000));
        RecordBatchWriter writer = write(records, chunks);
        if (seed % 2 == 0) {
          writer.sumRecords();
        }
        assertThat(writer.compress(compression, chunks)).isTrue();
        if (seed % 3 == 0) {
          writer.sumRecords();
        }
        writer.seal(7, (short) 8, 9, false);

        MemoryRecords read = MemoryRecords.readableRecords(TestRecord.gather(writer));
        MutableRecordBatch batch = read.batches().iterator().next();
        batch.ensureValid();
        assertThat(batch.compressionType()).isEqualTo(CompressionType.forId(codec.id()));
        assertThat(batch.producerId()).isEqualTo(7);
        assertThat(batch.producerEpoch()).isEqualTo((short) 8);
        assertThat(batch.baseSequence()).isEqualTo(9);
        assertThat(batch.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
        assertThat(batch.maxTimestamp())
            .isEqualTo(records.stream().mapToLong(TestRecord::timestampMillis).max().orElseThrow());
        Iterator<Record> iterator = batch.iterator();
        for (TestRecord record : records) {
          Record found = iterator.next();
          record.assertSame(found);
          assertThat(found.timestamp()).isEqualTo(record.timestampMillis());
        }
        assertThat(iterator.hasNext()).isFalse();
        writer.release();
        assertThat(chunks.takenCount()).isZero();
      }
    }
  }

  @Test
  void checksumIsThatOfAllRecordsAlsoOfThoseThatCameAfterItWasTaken() {
    RecordBatchWriter writer = write(List.of(), new CountedChunks(4_096));
    for (int i = 0; i < 3; i++) {
      assertThat(writer.tryAppend(0, null, new byte[100], new Header[0])).isTrue();
      writer.sumRecords();
    }
    writer.tryAppend(0, null, new byte[100], new Header[0]);
    writer.seal(7, (short) 8, 9, false);
    MemoryRecords.readableRecords(TestRecord.gather(writer))
        .batches()
        .iterator()
        .next()
        .ensureValid();
  }

  @Test
  void changesNothingWhereAChunkIsMissing() {
    CountedChunks chunks = new CountedChunks(100, 2);
    RecordBatchWriter writer = new RecordBatchWriter(chunks, 1, 1);
    assertThat(writer.tryAppend(5, SOME, new byte[400], RecordBatchReader.NO_HEADERS)).isFalse();
    assertThat(chunks.takenCount()).isZero();
    assertThat(writer.tryAppend(5, SOME, SOME, RecordBatchReader.NO_HEADERS)).isTrue();
    assertThat(writer.tryAppend(6, SOME, SOME, RecordBatchReader.NO_HEADERS)).isFalse();
    assertThat(chunks.takenCount()).isEqualTo(2);
    assertThat(writer.recordCount()).isEqualTo(1);
    assertThat(writer.tryAppend(7, null, null, RecordBatchReader.NO_HEADERS)).isTrue();
    writer.seal(-1, (short) -1, -1, false);

    Iterator<Record> read =
        MemoryRecords.readableRecords(TestRecord.gather(writer)).records().iterator();
    assertThat(read.next().timestamp()).isEqualTo(5);
    assertThat(read.next().timestamp()).isEqualTo(7);
    assertThat(read.hasNext()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = Codec.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void staysAsItIsWhereMemoryRunsOutWhileCompressing(Codec codec) {
    CountedChunks chunks = new CountedChunks(1000);
    List<TestRecord> records = TestRecord.random(new Random(1), 15, 5000);
    RecordBatchWriter writer = write(records, new CountedChunks(1000));
    try (Compression compression = Compression.of(codec)) {
      CountedChunks few = new CountedChunks(100, 3);
      assertThat(writer.compress(compression, few)).isFalse();
      assertThat(few.takenCount()).isZero();
      assertThat(writer.codec()).isEqualTo(Codec.NONE);
      assertThat(writer.compress(compression, chunks)).isTrue();
    }
    writer.seal(-1, (short) -1, -1, false);
    assertThat(MemoryRecords.readableRecords(TestRecord.gather(writer)).records())
        .hasSize(records.size());
  }

  @Test
  void refusesWhatMustNotBeAsked() {
    RecordBatchWriter writer = new RecordBatchWriter(new CountedChunks(100), 1, 1);
    assertThatThrownBy(() -> writer.seal(1, (short) 1, 1, false))
        .isInstanceOf(IllegalStateException.class);
    assertThat(writer.tryAppend(1, SOME, SOME, RecordBatchReader.NO_HEADERS)).isTrue();
    try (Compression gzip = Compression.of(Codec.GZIP)) {
      assertThat(writer.compress(gzip, new CountedChunks(100))).isTrue();
      assertThatThrownBy(() -> writer.compress(gzip, new CountedChunks(100)))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(() -> writer.tryAppend(1, SOME, SOME, RecordBatchReader.NO_HEADERS))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void encodesHalfSurrogatesAsTheJdkDoes() {
    for (String text : List.of("\ud800", "a\udc00b", "\ud800\ud800\udc00", "x\ud83d")) {
      byte[] expected = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      ByteBuffer encoded = ByteBuffer.allocate(20);
      Utf8.put(text, encoded);
      assertThat(encoded.flip()).isEqualTo(ByteBuffer.wrap(expected));
      assertThat(Utf8.sizeOf(text)).isEqualTo(expected.length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {70, 100, 150, 1000})
  void recordThatCannotBeWrittenLeavesNothingBehind(int chunkBytes) {
    CountedChunks chunks = new CountedChunks(chunkBytes);
    RecordBatchWriter writer = new RecordBatchWriter(chunks, 1, 1);
    Header[] none = {};
    assertThat(writer.tryAppend(0, null, SOME, none)).isTrue();
    AtomicInteger asked = new AtomicInteger();
    Header unreliable =
        new Header() {
          @Override
          public String key() {
            return "key";
          }

          @Override
          public byte[] value() {
            if (asked.incrementAndGet() > 1) {
              throw new IllegalStateException("made by the test");
            }
            return SOME;
          }
        };
    Header[] headers = {unreliable};
    assertThatThrownBy(() -> writer.tryAppend(0, SOME, SOME, headers))
        .hasMessage("made by the test");
    assertThat(writer.tryAppend(0, null, SOME, none)).isTrue();
    writer.seal(-1, (short) -1, -1, false);

    List<Record> read = new ArrayList<>();
    MemoryRecords.readableRecords(TestRecord.gather(writer)).records().forEach(read::add);
    assertThat(read).hasSize(2);
    writer.release();
    assertThat(chunks.takenCount()).isZero();
  }
}

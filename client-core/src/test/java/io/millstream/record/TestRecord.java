package io.millstream.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.header.Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** A record, for both sides of a comparison. */
@SuppressWarnings("ArrayRecordComponent") // compared field by field, never by equals
record TestRecord(
    long timestampMillis,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<TestHeader> headerList) {

  record TestHeader(String key, byte @Nullable [] value) implements Header {}

  static List<TestRecord> random(Random random, int count, int mostBytes) {
    List<TestRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<TestHeader> headers = new ArrayList<>();
      for (int j = random.nextInt(8) - 4; j > 0; j--) {
        headers.add(new TestHeader(text(random), bytes(random, 20)));
      }
      records.add(
          new TestRecord(
              1_700_000_000_000L + random.nextInt(100_000) - 50_000,
              bytes(random, mostBytes / 4),
              bytes(random, mostBytes),
              headers));
    }
    return records;
  }

  private static byte @Nullable [] bytes(Random random, int most) {
    if (random.nextInt(6) == 0) {
      return null;
    }
    byte[] bytes = new byte[random.nextInt(most + 1)];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) ('a' + i % 7);
      }
    }
    return bytes;
  }

  private static String text(Random random) {
    int[] points = {'a', 'z', 0x7f, 0x80, 0xe9, 0x7ff, 0x800, 0x20ac, 0xffff, 0x10000, 0x1f600};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  Header[] headers() {
    return headerList.toArray(new Header[0]);
  }

  SimpleRecord simple() {
    org.apache.kafka.common.header.Header[] headers =
        headerList.stream()
            .map(header -> new RecordHeader(header.key(), header.value()))
            .toArray(org.apache.kafka.common.header.Header[]::new);
    return new SimpleRecord(timestampMillis, key, value, headers);
  }

  void assertSame(Record read) {
    assertThat(Utils.toNullableArray(read.key())).isEqualTo(key);
    assertThat(Utils.toNullableArray(read.value())).isEqualTo(value);
    assertThat(read.headers()).hasSize(headerList.size());
    for (int i = 0; i < headerList.size(); i++) {
      assertThat(read.headers()[i].key()).isEqualTo(headerList.get(i).key());
      assertThat(read.headers()[i].value()).isEqualTo(headerList.get(i).value());
    }
  }

  void assertSame(RecordBatchReader read) {
    assertThat(read.key()).isEqualTo(key);
    assertThat(read.value()).isEqualTo(value);
    assertThat(read.keyBytes()).isEqualTo(key == null ? -1 : key.length);
    assertThat(read.valueBytes()).isEqualTo(value == null ? -1 : value.length);
    Header[] headers = read.headers();
    assertThat(headers).hasSize(headerList.size());
    for (int i = 0; i < headers.length; i++) {
      assertThat(headers[i].key()).isEqualTo(headerList.get(i).key());
      assertThat(headers[i].value()).isEqualTo(headerList.get(i).value());
    }
  }

  static ByteBuffer gather(RecordBatchWriter writer) {
    ByteBuffer all = ByteBuffer.allocate(writer.wireBytes());
    for (ByteBuffer part : writer.buffers()) {
      all.put(part);
    }
    assertThat(all.hasRemaining()).isFalse();
    return all.flip();
  }
}

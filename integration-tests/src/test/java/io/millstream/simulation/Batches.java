package io.millstream.simulation;

import io.millstream.common.header.Header;
import io.millstream.record.RecordBatchWriter;
import io.millstream.wire.ChunkSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes record batches for messages that are written by hand. */
final class Batches {

  static final long FIRST_TIMESTAMP_MILLIS = 1_700_000_000_000L;
  private static final Header[] NO_HEADERS = {};

  /** Chunks of the heap, as many as asked for. */
  private static final ChunkSource HEAP =
      new ChunkSource() {
        @Override
        public ByteBuffer take(int leastBytes) {
          return ByteBuffer.allocate(leastBytes);
        }

        @Override
        public void giveBack(ByteBuffer chunk) {}
      };

  private Batches() {}

  /** Makes a batch of a producer that is not idempotent. */
  static ByteBuffer plain(int records) {
    return of(-1, (short) -1, -1, records);
  }

  /** Makes a batch with an identity. */
  static ByteBuffer of(long producerId, short epoch, int sequence, int records) {
    return of(producerId, epoch, sequence, records, FIRST_TIMESTAMP_MILLIS, 10);
  }

  static ByteBuffer of(
      long producerId, short epoch, int sequence, int records, long timestamp, int valueBytes) {
    RecordBatchWriter writer = new RecordBatchWriter(HEAP, 1024, 1024);
    for (int i = 0; i < records; i++) {
      String value = "value " + i + " ";
      byte[] bytes = value.repeat(1 + valueBytes / value.length()).getBytes(StandardCharsets.UTF_8);
      writer.tryAppend(timestamp + i, null, bytes, NO_HEADERS);
    }
    writer.seal(producerId, epoch, sequence, false);
    return together(writer.buffers());
  }

  /** Makes a batch of a transaction. */
  static ByteBuffer transactional(long producerId, short epoch, int sequence, int records) {
    RecordBatchWriter writer = new RecordBatchWriter(HEAP, 1024, 1024);
    for (int i = 0; i < records; i++) {
      writer.tryAppend(FIRST_TIMESTAMP_MILLIS + i, null, bytes("value " + i), NO_HEADERS);
    }
    writer.seal(producerId, epoch, sequence, true);
    return together(writer.buffers());
  }

  /** Makes a batch of records with these keys, null for none. */
  static ByteBuffer keyed(@Nullable String... keys) {
    RecordBatchWriter writer = new RecordBatchWriter(HEAP, 1024, 1024);
    for (String key : keys) {
      writer.tryAppend(
          FIRST_TIMESTAMP_MILLIS, key == null ? null : bytes(key), bytes("value"), NO_HEADERS);
    }
    writer.seal(-1, (short) -1, -1, false);
    return together(writer.buffers());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static ByteBuffer together(ByteBuffer... parts) {
    int size = 0;
    for (ByteBuffer part : parts) {
      size += part.remaining();
    }
    ByteBuffer whole = ByteBuffer.allocate(size);
    for (ByteBuffer part : parts) {
      whole.put(part.duplicate());
    }
    return whole.flip();
  }
}

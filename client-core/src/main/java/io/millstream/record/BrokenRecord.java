package io.millstream.record;

import io.millstream.common.header.Header;
import io.millstream.wire.Varint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Encodes a record over the border of chunks, which have room for it together. */
final class BrokenRecord {

  private final ChunkedBytes out;
  private final ByteBuffer number = ByteBuffer.allocate(Varint.MAX_LONG_BYTES);

  private BrokenRecord(ChunkedBytes out) {
    this.out = out;
  }

  static void put(
      ChunkedBytes out,
      int bodyBytes,
      long timestampDelta,
      int offsetDelta,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Header[] headers) {
    BrokenRecord record = new BrokenRecord(out);
    record.put(bodyBytes);
    out.put((byte) 0);
    record.put(timestampDelta);
    record.put(offsetDelta);
    record.putNullable(key);
    record.putNullable(value);
    record.put(headers.length);
    for (Header header : headers) {
      record.putNullable(header.key().getBytes(StandardCharsets.UTF_8));
      record.putNullable(header.value());
    }
  }

  private void put(int value) {
    // zigzag encoding is the same for both widths
    put((long) value);
  }

  private void put(long value) {
    number.clear();
    Varint.put(value, number);
    number.flip();
    while (number.hasRemaining()) {
      out.put(number.get());
    }
  }

  private void putNullable(byte @Nullable [] bytes) {
    if (bytes == null) {
      put(-1);
    } else {
      put(bytes.length);
      out.put(bytes);
    }
  }
}

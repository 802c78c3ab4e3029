package io.millstream.record;

import io.millstream.common.header.Header;
import io.millstream.wire.Varint;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Encodes a record into one chunk that has room for all of it. */
final class WholeRecord {

  private WholeRecord() {}

  static void put(
      ByteBuffer out,
      int bodyBytes,
      long timestampDelta,
      int offsetDelta,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Header[] headers) {
    Varint.put(bodyBytes, out);
    out.put((byte) 0);
    Varint.put(timestampDelta, out);
    Varint.put(offsetDelta, out);
    putNullable(key, out);
    putNullable(value, out);
    Varint.put(headers.length, out);
    for (Header header : headers) {
      Varint.put(Utf8.sizeOf(header.key()), out);
      Utf8.put(header.key(), out);
      putNullable(header.value(), out);
    }
  }

  private static void putNullable(byte @Nullable [] bytes, ByteBuffer out) {
    if (bytes == null) {
      Varint.put(-1, out);
    } else {
      Varint.put(bytes.length, out);
      out.put(bytes);
    }
  }
}
